using System.CommandLine;
using System.Diagnostics;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Detection;
using Tidewatch.Detection.Batch;
using Tidewatch.Evaluation.Data;
using Tidewatch.Evaluation.Metrics;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate adbench</c>: tables without time, transductive.</summary>
internal static class EvaluateAdbenchCommand
{
    private const string Label = "label";
    private const int MostRows = 10_000;
    private const ulong DefaultSeed = 1;

    public static Command Create(TextWriter output, TextWriter progress)
    {
        var data = CommonOptions.Data($"folder with tables that have a column '{Label}': {TableFolder.Formats}; columns of words are left out");
        var detectors = new Option<string[]>("--detectors") { Description = "batch detectors, several after one another; default all", AllowMultipleArgumentsPerToken = true };
        detectors.AcceptOnlyFromAmong([.. BatchCatalog.Known.Select(e => e.Name)]);
        var seed = new Option<ulong>("--seed") { Description = "decides every random choice of the detectors; default 1", DefaultValueFactory = _ => DefaultSeed };
        var (options, format) = (CommonOptions.Options(), CommonOptions.Output());
        var command = new Command("adbench", "ADBench: ROC-AUC and average precision of batch detectors, z-scored, at most 10,000 rows a set, labels unseen.") { data, detectors, options, seed, format };
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(detectors) is { Length: > 0 } names ? [.. names.Select(BatchCatalog.Get)] : BatchCatalog.All;
            if (chosen.Count > 1 && parsed.GetResult(options) is { Implicit: false })
            {
                throw new UsageException($"--options are those of one detector, {chosen.Count} are chosen: name it with --detectors");
            }

            var judged = chosen.Select(d => (d, CommonOptions.OptionsOf(parsed.GetRequiredValue(options), d.OptionsType))).ToList();
            output.Write(Run(parsed.GetRequiredValue(data), judged, parsed.GetValue(seed), progress), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Result Run(string folder, List<(BatchEntry Entry, DetectorOptions Options)> detectors, ulong seed, TextWriter progress)
    {
        var clock = Stopwatch.StartNew();
        var (rows, leftOut) = (new List<object?[]>(), new List<LeftOut>());
        foreach (var file in TableFolder.Files(folder, Label, SearchOption.TopDirectoryOnly, leftOut))
        {
            try
            {
                var table = Standardised(file);
                progress.Warn(table.Warnings);
                rows.AddRange(detectors.Select(d => Judge(d.Entry, d.Options, TableFolder.NameOf(file), table, seed)));
                progress.WriteLine($"{Path.GetFileName(file)}: {clock.Elapsed.TotalSeconds:F0} s");
            }
            catch (DataFormatException e)
            {
                leftOut.Add(new LeftOut(Path.GetFileName(file), e.Message));
                progress.WriteLine($"left out: {e.Message}");
            }
        }

        if (rows.Count == 0)
        {
            throw LeftOut.All(folder, leftOut, $"no file with a column '{Label}' in it; files are {TableFolder.Formats}");
        }

        var means = detectors.Select(d => (d.Entry.Name, Rows: rows.Where(r => string.Equals((string?)r[0], d.Entry.Name, StringComparison.Ordinal)).ToArray()))
            .Select(d => (object?[])[d.Name, d.Rows.Average(r => (double)r[4]!), d.Rows.Average(r => (double)r[5]!), d.Rows.Sum(r => (double)r[6]!)]);
        return new Result(
            [("sets", rows.Count / detectors.Count), ("seed", seed), ("seconds", clock.Elapsed.TotalSeconds)],
            new ResultTable("means", ["detector", "roc_auc", "average_precision", "seconds"], [.. means]),
            new ResultTable("sets_by_detector", ["detector", "set", "rows", "features", "roc_auc", "average_precision", "seconds"], rows)).Without(leftOut);
    }

    private static object?[] Judge(BatchEntry detector, DetectorOptions options, string set, LabelledTable table, ulong seed)
    {
        var (clock, scores) = (Stopwatch.StartNew(), new double[table.Labels.Length]);
        detector.Create(options, seed).FitScore(table.Values, table.Dimension, scores);
        var ranking = Ranking.Of(table.Labels, scores);
        return [detector.Name, set, table.Labels.Length, table.Dimension, ranking.RocAuc, ranking.AveragePrecision, clock.Elapsed.TotalSeconds];
    }

    private static LabelledTable Standardised(string file)
    {
        using var rows = DataFile.Open(file);
        var table = LabelledTable.Read(rows, Label, forgivesWords: true).Sample(MostRows);
        table = table.Standardised(table.Labels.Length);
        table.RequireBothKinds(file);
        return table.Dimension > 0 ? table : throw new DataFormatException(file, 0, null, "every column beside the label is constant");
    }
}
