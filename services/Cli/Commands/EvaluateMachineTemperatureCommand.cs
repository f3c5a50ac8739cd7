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
        var command = new Command("machine-temperature", "NAB's machine_temperature, 80/20: an isolation forest over many seeds, scikit-learn's own trees grown again from random_state 0 to 29, and the 3-hour mean as a rule fixed in advance.") { data, seeds, format };
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
        var published = Enumerable.Range(0, Listed).AsParallel().AsOrdered().Select(s => (Seed: s, Result: protocol.ScikitForest((uint)s))).ToArray();
        var f1 = forests.Select(f => f.Result.Confusion.F1).ToArray();
        var (mean, aucs) = (f1.Average(), forests.Select(f => f.Result.RocAuc).ToArray());
        var (rule, windows) = (protocol.Rule(), protocol.RuleByWindow());
        return new Result(
            [
                ("train_rows", protocol.TrainRows), ("test_rows", protocol.TestRows), ("seeds", seeds), ("forest_f1_mean", mean),
                ("forest_f1_deviation", Deviation(f1)), ("forest_f1_median", f1.Order().ElementAt(seeds / 2)), ("forest_f1_mean_of_first_30_seeds", f1.Take(Listed).Average()),
                ("seeds_with_f1_below_0.7", f1.Count(f => f < Collapsed)), ("forest_roc_auc_mean", aucs.Average()), ("forest_roc_auc_least", aucs.Min()),
                ("scikit_f1_mean_of_random_states_0_to_29", published.Average(f => f.Result.Confusion.F1)), ("scikit_f1_deviation", Deviation([.. published.Select(f => f.Result.Confusion.F1)])),
                ("scikit_roc_auc_mean", published.Average(f => f.Result.RocAuc)), ("scikit_roc_auc_least", published.Min(f => f.Result.RocAuc)),
                ("rule_f1", rule.Confusion.F1), ("rule_roc_auc", rule.RocAuc), ("rule_false_rows_whole_file", windows.FalseRows),
            ],
            new ResultTable("runs", ["detector", "true_positives", "false_positives", "false_negatives", "true_negatives", "precision", "recall", "f1", "specificity", "roc_auc"],
                [Row("rule", rule), .. forests.Take(Listed).Select(f => Row($"isolation-forest seed {f.Seed}", f.Result)),
                    .. published.Select(f => Row($"scikit-learn's trees, random_state {f.Seed}", f.Result))]),
            new ResultTable("rule_by_window", ["window", "rows", "flagged"], [.. windows.Windows.Select((w, i) => (object?[])[i + 1, w.Rows, w.Flagged])]));
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static object?[] Row(string name, (Confusion Confusion, double RocAuc) result) =>
    [
        name, result.Confusion.TruePositives, result.Confusion.FalsePositives, result.Confusion.FalseNegatives, result.Confusion.TrueNegatives,
        result.Confusion.Precision, result.Confusion.Recall, result.Confusion.F1, result.Confusion.Specificity, result.RocAuc,
    ];
}
