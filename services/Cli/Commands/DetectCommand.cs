using System.CommandLine;
using System.Globalization;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Detection;
using Tidewatch.Detection.Models;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch detect</c>: the anomalies of one file. With <c>--output csv</c> rows are printed as they are found.</summary>
internal static class DetectCommand
{
    private const ulong Seed = 1;
    private static readonly string[] Columns = ["line", "time", "value", "score", "severity", "expected_lower", "expected_upper"];

    public static Command Create(TextWriter output, TextWriter errors, ProgressBars bars)
    {
        var file = CommonOptions.File();
        var columns = new SeriesColumns.Arguments();
        var threshold = CommonOptions.Threshold();
        var all = new Option<bool>("--all") { Description = "every row with its score, not only the anomalies" };
        var explain = new Option<bool>("--explain") { Description = "what each value adds to an anomalous row's score, and the nearest normal values" };
        var (detector, options, format) = (CommonOptions.SeriesDetector(), CommonOptions.Options(), CommonOptions.Output());
        var (profile, model) = (new ProfileArguments(), new Option<string?>("--model") { Description = "go on from a model file that 'tidewatch train' wrote, with its columns, settings and threshold" });
        var command = new Command("detect", "Finds the anomalies of a series in a file, each row judged by the rows before it.") { file, detector, options, threshold, model, all, explain, format };
        columns.AddTo(command);
        profile.AddTo(command);
        command.SetAction(parsed =>
        {
            var (isService, asCsv) = (profile.AreGiven(parsed), parsed.GetValue(format) == ResultFormat.Csv);
            var saved = parsed.GetValue(model) is { } path ? Load(parsed, path, [detector, options, profile.Profile, profile.Set, profile.Series, columns.Values], [threshold, explain]) : null;
            if (isService)
            {
                ProfileArguments.Refuse(parsed, detector, options, threshold, explain);
            }

            var name = saved?.Detector ?? (isService ? parsed.GetValue(profile.Profile) ?? "settings" : "");
            var found = new List<object?[]>();
            var scan = new SeriesScan(
                saved is not null ? names => ModelJudge.Open(parsed.GetValue(model)!, saved, parsed.GetResult(threshold) is { Implicit: false } ? parsed.GetValue(threshold) : null, explainer: parsed.GetValue(explain) ? new RowExplainer(names) : null)
                : isService ? ServiceJudge(parsed, profile, parsed.GetRequiredValue(file))
                : names => DetectorJudge(name = CommonOptions.DetectorFor(parsed.GetValue(detector), names.Count), names, parsed.GetRequiredValue(options), parsed.GetValue(threshold), parsed.GetValue(explain)));
            string[] header = parsed.GetValue(explain) ? [.. Columns, "why", "nearest_normal"] : Columns;
            Action<object?[]> take = asCsv ? new CsvLines(output, header).Write : found.Add;
            void Take(ScannedRow row)
            {
                if (row.Verdict.Level != AlertLevel.None || parsed.GetValue(all))
                {
                    take(parsed.GetValue(explain) ? [.. Describe(row), row.Verdict.Why, row.Verdict.NearestNormal] : Describe(row));
                }
            }

            // Rows that are printed while they are found would run into a bar.
            var read = DataFile.Read(parsed.GetRequiredValue(file), asCsv ? ProgressBars.None : bars, rows =>
            {
                var chosen = columns.Find(parsed, rows, saved?.Columns);
                chosen = saved is null ? chosen : chosen.After(saved.LastMs, rows);
                scan.Run(rows, chosen, Take);
                return (chosen.Incomplete, Warnings: chosen.WarningsWithRows(rows));
            });
            errors.Warn(read.Warnings);
            if (!asCsv)
            {
                output.Write(new Result([("detector", name), ("rows", scan.Rows), ("rows_without_a_value", read.Incomplete), ("anomalies", scan.Anomalies)], new ResultTable("rows_found", header, found)), parsed.GetValue(format));
            }

            return CommandTree.Done;
        });
        return command;
    }

    private static RowJudge DetectorJudge(string name, IReadOnlyList<string> names, string options, double threshold, bool explains)
    {
        var entry = CommonOptions.EntryFor(name, names.Count);
        return new RowJudge(entry.Create(CommonOptions.OptionsOf(options, entry.OptionsType), new SeriesContext(names.Count, Seed)), threshold, explainer: explains ? new RowExplainer(names) : null);
    }

    private static Func<IReadOnlyList<string>, IRowJudge> ServiceJudge(ParseResult parsed, ProfileArguments profile, string file)
    {
        var (rules, series) = (EngineArguments.RulesOf(profile.Settings(parsed)), profile.SeriesOf(parsed, file));
        return names => new PipelineJudge(rules.NewPipeline(series, names.Count), names);
    }

    /// <summary>The model. Throws <see cref="UsageException"/> for an option that it has already decided.</summary>
    private static SavedModel Load(ParseResult parsed, string path, Option[] decided, Option[] decidedByProfiles)
    {
        var saved = ModelStore.Load(path);
        var refused = saved.Kind == ModelKind.Profile ? [.. decided, .. decidedByProfiles] : decided;
        return refused.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } both
            ? throw new UsageException($"{both.Name} does not go with --model '{path}', which was trained with its own: leave it out, or give it to 'tidewatch train'")
            : saved;
    }

    private static object?[] Describe(in ScannedRow row) =>
    [
        row.Line, DateTimeOffset.FromUnixTimeMilliseconds(row.TimeMs).ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture), row.Value, row.Verdict.Score,
        row.Verdict.Level.ToString().ToLowerInvariant(), row.Verdict.Expected?.Lower, row.Verdict.Expected?.Upper,
    ];
}
