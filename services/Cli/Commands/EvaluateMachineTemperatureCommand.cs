using System.CommandLine;
using Tidewatch.Cli.Output;
using Tidewatch.Evaluation.Data;
using Tidewatch.Evaluation.Metrics;
using Tidewatch.Evaluation.Nab;
using Tidewatch.Evaluation.Protocols;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate machine-temperature</c>: the isolation forest of the tutorials, 30 seeds, and a rule fixed in advance.</summary>
internal static class EvaluateMachineTemperatureCommand
{
    private const int Seeds = 30;

    public static Command Create(TextWriter output)
    {
        var (data, format) = (CommonOptions.Data("folder laid out as NAB"), CommonOptions.Output());
        var command = new Command("machine-temperature", "NAB's machine_temperature, 80/20: an isolation forest over 30 seeds, and the 3-hour mean as a rule fixed in advance.") { data, format };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(data);
            var series = NabCorpus.Load(folder).Series.FirstOrDefault(s => string.Equals(s.Name, MachineTemperature.File, StringComparison.Ordinal))
                ?? throw new DataFormatException(folder, 0, null, $"no data/{MachineTemperature.File}");
            output.Write(Run(new MachineTemperature(series)), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Result Run(MachineTemperature protocol)
    {
        var forests = Enumerable.Range(1, Seeds).Select(s => (Seed: s, Result: protocol.Forest((ulong)s))).ToArray();
        var (mean, auc) = (forests.Average(f => f.Result.Confusion.F1), forests.Average(f => f.Result.RocAuc));
        var (rule, windows) = (protocol.Rule(), protocol.RuleByWindow());
        return new Result(
            [
                ("train_rows", protocol.TrainRows), ("test_rows", protocol.TestRows), ("forest_f1_mean", mean),
                ("forest_f1_deviation", Math.Sqrt(forests.Average(f => Math.Pow(f.Result.Confusion.F1 - mean, 2)))), ("forest_roc_auc_mean", auc),
                ("rule_f1", rule.Confusion.F1), ("rule_roc_auc", rule.RocAuc), ("rule_false_rows_whole_file", windows.FalseRows),
            ],
            new ResultTable("runs", ["detector", "true_positives", "false_positives", "false_negatives", "true_negatives", "precision", "recall", "f1", "specificity", "roc_auc"],
                [Row("rule", rule), .. forests.Select(f => Row($"isolation-forest seed {f.Seed}", f.Result))]),
            new ResultTable("rule_by_window", ["window", "rows", "flagged"], [.. windows.Windows.Select((w, i) => (object?[])[i + 1, w.Rows, w.Flagged])]));
    }

    private static object?[] Row(string name, (Confusion Confusion, double RocAuc) result) =>
    [
        name, result.Confusion.TruePositives, result.Confusion.FalsePositives, result.Confusion.FalseNegatives, result.Confusion.TrueNegatives,
        result.Confusion.Precision, result.Confusion.Recall, result.Confusion.F1, result.Confusion.Specificity, result.RocAuc,
    ];
}
