using System.CommandLine;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Cli.Reports;
using Tidewatch.Detection;
using Tidewatch.Evaluation.Data;
using Tidewatch.Evaluation.Reports;
using Tidewatch.Storage.Registry;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch compare</c>: several detectors on labelled files.</summary>
internal static class CompareCommand
{
    public static readonly IReadOnlyList<string> Columns =
        ["file", "detector", "vus_pr", "roc_auc", "average_precision", "precision", "recall", "f1", "events", "events_found", "alarms", "false_alarms", "mean_delay_rows", "rows_per_second"];

    public static Command Create(TextWriter output, TextWriter errors, ProgressBars bars)
    {
        var files = new Argument<string[]>("files") { Description = $"labelled files: {DataFile.Formats}", Arity = ArgumentArity.OneOrMore };
        var (columns, windows, detectors) = (new SeriesColumns.Arguments(), SeriesFile.Windows(), CommonOptions.Detectors());
        var (registry, experiment, format) = (RegistryOption.Optional(), RegistryOption.Experiment(), CommonOptions.Output());
        var command = new Command("compare", "Judges several detectors with their defaults on labelled files, from the first row that finds all of them warm.") { files, windows, detectors, registry, experiment, format };
        columns.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var started = TimeProvider.System.GetUtcNow();
            var found = new List<(string File, RunFigures Figures)>();
            foreach (var file in parsed.GetRequiredValue(files))
            {
                var series = SeriesFile.Read(file, columns, parsed, parsed.GetValue(windows), bars);
                errors.Warn(series.Warnings);
                found.AddRange(Judge(file, series, bars, parsed.GetValue(detectors) ?? []).Figures.Select(f => (file, f)));
            }

            foreach (var (file, figures) in found)
            {
                await RegistryOption.RecordAsync(parsed.GetValue(registry), RunOf(file, figures, parsed.GetRequiredValue(experiment), started), cancellationToken);
            }

            output.Write(new Result([("files", parsed.GetRequiredValue(files).Length)], new ResultTable("comparison", Columns, [.. found.Select(f => Row(f.File, f.Figures))])), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    /// <summary>The comparison of a labelled file. Throws <see cref="DataFormatException"/> when there is nothing to judge by.</summary>
    private static Comparison Judge(string file, LabelledSeries series, ProgressBars bars, string[] names)
    {
        if (series.Labels is null)
        {
            throw new DataFormatException(file, 0, null, "no labels: name their column with --label, or their windows with --windows");
        }

        var comparison = Comparison.Of(series, Chosen(names, series.Dimension), bars);
        return comparison.Figures.Count > 0
            ? comparison
            : throw new DataFormatException(file, 0, null, $"{series.Rows} rows, judged from row {comparison.From + 1} when all detectors are warm: there are not both anomalies and normal rows after it");
    }

    /// <summary>The named detectors, or the standard ones for so many values.</summary>
    public static IReadOnlyList<DetectorEntry> Chosen(string[] names, int dimension) => names.Length == 0
        ? Comparison.Standard(dimension)
        : [.. names.Select(n => CommonOptions.EntryFor(n, dimension))];

    private static object?[] Row(string file, RunFigures f) =>
    [
        Path.GetFileName(file), f.Detector, f.Volume.Pr, f.Ranking.RocAuc, f.Ranking.AveragePrecision, f.Confusion.Precision, f.Confusion.Recall, f.Confusion.F1,
        f.Events.Events, f.Events.Found, f.Events.Alarms, f.Events.FalseAlarms, f.Events.MeanDelay, Math.Round(f.RowsPerSecond),
    ];

    private static TrackedRun RunOf(string file, RunFigures figures, string experiment, DateTimeOffset started)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["detector"] = figures.Detector, ["file"] = file, ["judged_from_row"] = $"{figures.From + 1}" };
        var row = Row(file, figures);
        return new TrackedRun
        {
            Id = TrackedRun.IdOf(experiment, figures.Detector, started.ToUnixTimeMilliseconds(), parameters),
            Experiment = experiment,
            Name = $"compare {figures.Detector} on {Path.GetFileName(file)}",
            StartedMs = started.ToUnixTimeMilliseconds(),
            EndedMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            Parameters = parameters,
            Metrics = Columns.Zip(row).Skip(2).ToDictionary(c => c.First, c => Convert.ToDouble(c.Second, System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal),
        };
    }
}
