using System.CommandLine;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Detection.Models;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch score</c>: a score for every row of a file by a model file.</summary>
internal static class ScoreCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var file = CommonOptions.File();
        var model = new Option<string>("--model") { Description = "a model file that 'tidewatch train' wrote", Required = true };
        var frozen = new Option<bool>("--frozen") { Description = "a stream detector keeps what it learned in training and learns none of these rows" };
        var time = new SeriesColumns.Arguments().Time;
        var (threshold, format) = (new Option<double?>("--threshold") { Description = "score from which a row is anomalous; default the model's own" }, CommonOptions.Output(ResultFormat.Csv));
        var command = new Command("score", "Scores every row of a file by a trained model; the file needs the model's columns, and rows in which one is missing are passed over.") { file, model, frozen, time, threshold, format };
        command.SetAction(parsed =>
        {
            var saved = ModelStore.Load(parsed.GetRequiredValue(model));
            if (saved.Kind == ModelKind.Profile && parsed.GetValue(frozen))
            {
                throw new UsageException($"--frozen does not go with '{parsed.GetRequiredValue(model)}', a profile's model, which learns every row it judges: leave it out");
            }

            using var rows = DataFile.Open(parsed.GetRequiredValue(file));
            var columns = SeriesColumns.Find(rows, parsed.GetValue(time), saved.Columns, null).After(saved.LastMs, rows);
            var (found, anomalies, count) = (new List<object?[]>(), 0L, 0L);
            var asCsv = parsed.GetValue(format) == ResultFormat.Csv;
            string[] names = ["line", .. saved.Columns, "score", "anomalous"];
            Action<object?[]> take = asCsv ? new CsvLines(output, names).Write : found.Add;
            var limit = parsed.GetValue(threshold) ?? saved.Threshold;
            var own = parsed.GetValue(threshold) is null;
            Walk(rows, columns, ModelJudge.Open(parsed.GetRequiredValue(model), saved, learns: !parsed.GetValue(frozen)), (line, values, verdict) =>
            {
                var isAnomalous = own ? verdict.Level != AlertLevel.None : verdict.Score >= limit;
                count++;
                anomalies += isAnomalous ? 1 : 0;
                take([line, .. values.Cast<object?>(), verdict.Score, isAnomalous]);
            });
            errors.Warn(columns.WarningsWithRows(rows));
            if (!asCsv)
            {
                output.Write(new Result([("detector", saved.Detector), ("rows", count), ("anomalies", anomalies), ("threshold", limit)], new ResultTable("rows_scored", names, found)), parsed.GetValue(format));
            }

            return CommandTree.Done;
        });
        return command;
    }

    private static void Walk(IRowReader rows, SeriesColumns columns, IRowJudge judge, Action<long, double[], RowVerdict> take)
    {
        var values = new double[columns.Values.Count];
        while (rows.Next())
        {
            if (columns.Read(rows, values))
            {
                take(rows.Line, values, judge.Judge(values, columns.TimeMs(rows)));
            }
        }
    }
}
