using System.CommandLine;
using Tidewatch.Cli.Output;
using Tidewatch.Evaluation.Data;
using Tidewatch.Evaluation.Metrics;
using Tidewatch.Evaluation.Nab;
using Tidewatch.Evaluation.Protocols;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate machine-temperature</c>: the isolation forest of the tutorials over many seeds, and a rule fixed in advance.</summary>
internal static class EvaluateMachineTemperatureCommand
{
    private const int Seeds = 300;
    private const int Listed = 30;
    private const double Collapsed = 0.7;

    public static Command Create(TextWriter output)
    {
        var (data, format) = (CommonOptions.Data("folder laid out as NAB"), CommonOptions.Output());
        var seeds = new Option<int>("--seeds") { Description = "forests, at least 1", DefaultValueFactory = _ => Seeds };
        var command = new Command("machine-temperature", "NAB's machine_temperature, 80/20: an isolation forest over many seeds, and the 3-hour mean as a rule fixed in advance.") { data, seeds, format };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(data);
            var series = NabCorpus.Load(folder).Series.FirstOrDefault(s => string.Equals(s.Name, MachineTemperature.File, StringComparison.Ordinal))
                ?? throw new DataFormatException(folder, 0, null, $"no data/{MachineTemperature.File}");
            output.Write(Run(new MachineTemperature(series), Math.Max(1, parsed.GetValue(seeds))), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Result Run(MachineTemperature protocol, int seeds)
    {
        var forests = Enumerable.Range(1, seeds).AsParallel().AsOrdered().Select(s => (Seed: s, Result: protocol.Forest((ulong)s))).ToArray();
        var f1 = forests.Select(f => f.Result.Confusion.F1).ToArray();
        var (mean, aucs) = (f1.Average(), forests.Select(f => f.Result.RocAuc).ToArray());
        var (rule, windows) = (protocol.Rule(), protocol.RuleByWindow());
        return new Result(
            [
                ("train_rows", protocol.TrainRows), ("test_rows", protocol.TestRows), ("seeds", seeds), ("forest_f1_mean", mean),
                ("forest_f1_deviation", Math.Sqrt(f1.Average(f => (f - mean) * (f - mean)))), ("forest_f1_median", f1.Order().ElementAt(seeds / 2)), ("forest_f1_mean_of_first_30_seeds", f1.Take(Listed).Average()),
                ("seeds_with_f1_below_0.7", f1.Count(f => f < Collapsed)), ("forest_roc_auc_mean", aucs.Average()), ("forest_roc_auc_least", aucs.Min()),
                ("rule_f1", rule.Confusion.F1), ("rule_roc_auc", rule.RocAuc), ("rule_false_rows_whole_file", windows.FalseRows),
            ],
            new ResultTable("runs", ["detector", "true_positives", "false_positives", "false_negatives", "true_negatives", "precision", "recall", "f1", "specificity", "roc_auc"],
                [Row("rule", rule), .. forests.Take(Listed).Select(f => Row($"isolation-forest seed {f.Seed}", f.Result))]),
            new ResultTable("rule_by_window", ["window", "rows", "flagged"], [.. windows.Windows.Select((w, i) => (object?[])[i + 1, w.Rows, w.Flagged])]));
    }

    private static object?[] Row(string name, (Confusion Confusion, double RocAuc) result) =>
    [
        name, result.Confusion.TruePositives, result.Confusion.FalsePositives, result.Confusion.FalseNegatives, result.Confusion.TrueNegatives,
        result.Confusion.Precision, result.Confusion.Recall, result.Confusion.F1, result.Confusion.Specificity, result.RocAuc,
    ];
}
