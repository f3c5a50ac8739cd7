using System.CommandLine;
using System.Globalization;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Detection;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch detect</c>: the anomalies of one file. With <c>--output csv</c> rows are printed as they are found.</summary>
internal static class DetectCommand
{
    private static readonly string[] Columns = ["line", "time", "value", "score", "severity", "expected_lower", "expected_upper"];

    public static Command Create(TextWriter output, ProgressBars bars)
    {
        var file = CommonOptions.File();
        var columns = new SeriesColumns.Arguments();
        var threshold = CommonOptions.Threshold();
        var all = new Option<bool>("--all") { Description = "every row with its score, not only the anomalies" };
        var explain = new Option<bool>("--explain") { Description = "what each value adds to an anomalous row's score, and the nearest normal values" };
        var (detector, options, format) = (CommonOptions.Detector(), CommonOptions.Options(), CommonOptions.Output());
        var command = new Command("detect", "Finds the anomalies of a series in a file, each row judged by the rows before it.") { file, detector, options, threshold, all, explain, format };
        columns.AddTo(command);
        command.SetAction(parsed =>
        {
            var (name, asCsv) = (parsed.GetRequiredValue(detector), parsed.GetValue(format) == ResultFormat.Csv);
            var found = new List<object?[]>();
            var entry = DetectorCatalog.Get(name);
            var scan = new SeriesScan(entry, CommonOptions.OptionsOf(parsed.GetRequiredValue(options), entry.OptionsType), parsed.GetValue(threshold), parsed.GetValue(explain));
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

    private static object?[] Describe(in ScannedRow row) =>
    [
        row.Line, DateTimeOffset.FromUnixTimeMilliseconds(row.TimeMs).ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture), row.Value, row.Verdict.Score,
        row.Verdict.Level.ToString().ToLowerInvariant(), row.Verdict.Expected?.Lower, row.Verdict.Expected?.Upper,
    ];
}
