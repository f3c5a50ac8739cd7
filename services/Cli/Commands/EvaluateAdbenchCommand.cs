using System.CommandLine;
using System.Diagnostics;
using Tidewatch.Cli.Output;
using Tidewatch.Detection.Batch;
using Tidewatch.Evaluation.Data;
using Tidewatch.Evaluation.Metrics;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate adbench</c>: tables without time, transductive.</summary>
internal static class EvaluateAdbenchCommand
{
    private const int MostRows = 10_000;
    private const ulong Seed = 1;

    public static Command Create(TextWriter output, TextWriter progress)
    {
        var data = CommonOptions.Data("folder with *.csv and *.csv.gz that have a column 'label'");
        var detectors = new Option<string[]>("--detectors") { Description = "batch detectors, several after one another; default all", AllowMultipleArgumentsPerToken = true };
        detectors.AcceptOnlyFromAmong([.. BatchCatalog.Known.Select(e => e.Name)]);
        var format = CommonOptions.Output();
        var command = new Command("adbench", "ADBench: ROC-AUC and average precision of batch detectors, z-scored, at most 10,000 rows a set, labels unseen.") { data, detectors, format };
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(detectors) is { Length: > 0 } names ? [.. names.Select(BatchCatalog.Get)] : BatchCatalog.All;
            output.Write(Run(parsed.GetRequiredValue(data), chosen, progress), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Result Run(string folder, IReadOnlyList<BatchEntry> detectors, TextWriter progress)
    {
        var clock = Stopwatch.StartNew();
        var rows = new List<object?[]>();
        foreach (var (name, table) in Sets(folder))
        {
            foreach (var detector in detectors)
            {
                var started = clock.Elapsed;
                var scores = new double[table.Labels.Length];
                detector.Create(Seed).FitScore(table.Values, table.Dimension, scores);
                var ranking = Ranking.Of(table.Labels, scores);
                rows.Add([detector.Name, name, table.Labels.Length, table.Dimension, ranking.RocAuc, ranking.AveragePrecision, (clock.Elapsed - started).TotalSeconds]);
            }

            progress.WriteLine($"{name}: {clock.Elapsed.TotalSeconds:F0} s");
        }

        var means = detectors.Select(d => (d.Name, Rows: rows.Where(r => string.Equals((string?)r[0], d.Name, StringComparison.Ordinal)).ToArray()))
            .Select(d => (object?[])[d.Name, d.Rows.Average(r => (double)r[4]!), d.Rows.Average(r => (double)r[5]!), d.Rows.Sum(r => (double)r[6]!)]);
        return new Result(
            [("sets", rows.Count / detectors.Count), ("seconds", clock.Elapsed.TotalSeconds)],
            new ResultTable("means", ["detector", "roc_auc", "average_precision", "seconds"], [.. means]),
            new ResultTable("sets_by_detector", ["detector", "set", "rows", "features", "roc_auc", "average_precision", "seconds"], rows));
    }

    private static IEnumerable<(string Name, LabelledTable Table)> Sets(string folder)
    {
        var files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Where(f => f.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || f.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase)).Where(HasLabels).Order(StringComparer.Ordinal).ToArray()
            : throw new DataFormatException(folder, 0, null, "no such folder");
        if (files.Length == 0)
        {
            throw new DataFormatException(folder, 0, null, "no *.csv or *.csv.gz with a column 'label' in it");
        }

        foreach (var file in files)
        {
            var table = LabelledTable.Read(file, "label").Sample(MostRows);
            yield return (Path.GetFileName(file).Split(".csv")[0], table.Standardised(table.Labels.Length));
        }
    }

    private static bool HasLabels(string file)
    {
        using var rows = CsvRows.Open(file);
        return rows.Columns.Contains("label", StringComparer.OrdinalIgnoreCase);
    }
}
