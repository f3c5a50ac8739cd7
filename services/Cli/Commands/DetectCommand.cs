using System.CommandLine;
using System.Globalization;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Detection;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch detect</c>: the anomalies of one file. With <c>--output csv</c> rows are printed as they are found.</summary>
internal static class DetectCommand
{
    private const ulong Seed = 1;
    private static readonly string[] Columns = ["line", "time", "value", "score", "severity", "expected_lower", "expected_upper"];

    public static Command Create(TextWriter output, ProgressBars bars)
    {
        var file = CommonOptions.File();
        var columns = new SeriesColumns.Arguments();
        var threshold = CommonOptions.Threshold();
        var all = new Option<bool>("--all") { Description = "every row with its score, not only the anomalies" };
        var explain = new Option<bool>("--explain") { Description = "what each value adds to an anomalous row's score, and the nearest normal values" };
        var (detector, options, format) = (CommonOptions.Detector(), CommonOptions.Options(), CommonOptions.Output());
        var profile = new Option<string?>("--profile") { Description = "judge as the detector service does with this profile: its features, ensemble, threshold and learn gate" };
        profile.AcceptOnlyFromAmong([.. ProfileCatalog.All.Select(p => p.Name)]);
        var series = new Option<string?>("--series") { Description = "id of the series, which finds its entry among the profiles and seeds every random choice; default the file's name" };
        var settings = new EngineArguments();
        var command = new Command("detect", "Finds the anomalies of a series in a file, each row judged by the rows before it.") { file, detector, options, threshold, profile, settings.Set, series, all, explain, format };
        columns.AddTo(command);
        command.SetAction(parsed =>
        {
            var (isService, asCsv) = (parsed.GetValue(profile) is not null || parsed.GetResult(settings.Set) is { Implicit: false }, parsed.GetValue(format) == ResultFormat.Csv);
            if (isService && new Option[] { detector, options, threshold, explain }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } both)
            {
                throw new UsageException($"{both.Name} does not go with --profile and --set, which judge as the service does: set it with --set, or leave them out");
            }

            var name = isService ? parsed.GetValue(profile) ?? "settings" : parsed.GetRequiredValue(detector);
            var found = new List<object?[]>();
            var scan = new SeriesScan(isService ? ServiceJudge(parsed, profile, settings, series, file) : DetectorJudge(name, parsed.GetRequiredValue(options), parsed.GetValue(threshold), parsed.GetValue(explain)));
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
            DataFile.Read(parsed.GetRequiredValue(file), asCsv ? ProgressBars.None : bars, rows => scan.Run(rows, columns.Find(parsed, rows), Take));
            if (!asCsv)
            {
                output.Write(new Result([("detector", name), ("rows", scan.Rows), ("rows_without_a_value", scan.Missing), ("anomalies", scan.Anomalies)], new ResultTable("rows_found", header, found)), parsed.GetValue(format));
            }

            return CommandTree.Done;
        });
        return command;
    }

    private static Func<IReadOnlyList<string>, IRowJudge> DetectorJudge(string name, string options, double threshold, bool explains)
    {
        var entry = DetectorCatalog.Get(name);
        var read = CommonOptions.OptionsOf(options, entry.OptionsType);
        return names => new RowJudge(entry.Create(read, new SeriesContext(names.Count, Seed)), threshold, explainer: explains ? new RowExplainer(names) : null);
    }

    private static Func<IReadOnlyList<string>, IRowJudge> ServiceJudge(ParseResult parsed, Option<string?> profile, EngineArguments settings, Option<string?> series, Argument<string> file)
    {
        var rules = settings.Rules(parsed, parsed.GetValue(profile));
        var id = parsed.GetValue(series) ?? Path.GetFileNameWithoutExtension(parsed.GetRequiredValue(file));
        return names => new PipelineJudge(rules, id, names);
    }

    private static object?[] Describe(in ScannedRow row) =>
    [
        row.Line, DateTimeOffset.FromUnixTimeMilliseconds(row.TimeMs).ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture), row.Value, row.Verdict.Score,
        row.Verdict.Level.ToString().ToLowerInvariant(), row.Verdict.Expected?.Lower, row.Verdict.Expected?.Upper,
    ];
}
