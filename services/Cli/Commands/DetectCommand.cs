using System.CommandLine;
using System.Globalization;
using Tidewatch.Cli.Output;
using Tidewatch.Detection;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch detect</c>: the anomalies of one file.</summary>
internal static class DetectCommand
{
    public static Command Create(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "CSV or CSV.gz with a header" };
        var (time, value) = (new Option<string>("--time") { Description = "column of the time", DefaultValueFactory = _ => "timestamp" }, new Option<string>("--value") { Description = "column of the value", DefaultValueFactory = _ => "value" });
        var threshold = new Option<double>("--threshold") { Description = "score from which a row is anomalous, 0.01 to 1", DefaultValueFactory = _ => 0.5 };
        var all = new Option<bool>("--all") { Description = "every row with its score, not only the anomalies" };
        var (detector, format) = (CommonOptions.Detector(), CommonOptions.Output());
        var command = new Command("detect", "Finds the anomalies of a series in a file, each row judged by the rows before it.") { file, time, value, detector, threshold, all, format };
        command.SetAction(parsed =>
        {
            var found = Find(parsed.GetRequiredValue(file), parsed.GetRequiredValue(time), parsed.GetRequiredValue(value), parsed.GetRequiredValue(detector), parsed.GetValue(threshold), parsed.GetValue(all));
            output.Write(found, parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Result Find(string file, string time, string value, string name, double threshold, bool all)
    {
        var detector = DetectorCatalog.Get(name).Create(DetectorCatalog.Get(name).Defaults(), new SeriesContext(1, 1));
        var hysteresis = new HysteresisThreshold(new ThresholdOptions { Threshold = threshold });
        var (found, count, anomalies) = (new List<object?[]>(), 0L, 0);
        using var rows = CsvRows.Open(file);
        var (timeColumn, valueColumn) = (rows.IndexOf(time), rows.IndexOf(value));
        Span<double> values = stackalloc double[1];
        while (rows.Next())
        {
            values[0] = rows.Number(valueColumn);
            var sample = new Sample(values, rows.TimeMs(timeColumn));
            var score = detector.Score(sample);
            var level = hysteresis.LevelOf(score);
            var known = detector.TryExpect(0, out var expected);
            detector.Learn(sample);
            count++;
            anomalies += level == AlertLevel.None ? 0 : 1;
            if (all || level != AlertLevel.None)
            {
                var instant = DateTimeOffset.FromUnixTimeMilliseconds(sample.TimeMs).ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture);
                found.Add([rows.Line, instant, values[0], score, level.ToString().ToLowerInvariant(), known ? expected.Lower : null, known ? expected.Upper : null]);
            }
        }

        return new Result([("detector", name), ("rows", count), ("anomalies", anomalies)], new ResultTable("rows_found", ["line", "time", "value", "score", "severity", "expected_lower", "expected_upper"], found));
    }
}
