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
    public static Command Create(TextWriter output)
    {
        var file = CommonOptions.File();
        var model = new Option<string>("--model") { Description = "a model file that 'tidewatch train' wrote", Required = true };
        var frozen = new Option<bool>("--frozen") { Description = "a stream detector keeps what it learned in training and learns none of these rows" };
        var time = new SeriesColumns.Arguments().Time;
        var (threshold, format) = (new Option<double?>("--threshold") { Description = "score from which a row is anomalous; default the model's own" }, CommonOptions.Output(ResultFormat.Csv));
        var command = new Command("score", "Scores every row of a file by a trained model; the file needs the model's columns.") { file, model, frozen, time, threshold, format };
        command.SetAction(parsed =>
        {
            var saved = ModelStore.Load(parsed.GetRequiredValue(model));
            using var rows = DataFile.Open(parsed.GetRequiredValue(file));
            var columns = SeriesColumns.Find(rows, parsed.GetValue(time), saved.Columns, null);
            var (found, anomalies, count) = (new List<object?[]>(), 0L, 0L);
            var asCsv = parsed.GetValue(format) == ResultFormat.Csv;
            string[] names = ["line", .. saved.Columns, "score", "anomalous"];
            Action<object?[]> take = asCsv ? new CsvLines(output, names).Write : found.Add;
            var limit = parsed.GetValue(threshold) ?? saved.Threshold;
            Walk(rows, columns, Scorer(parsed.GetRequiredValue(model), saved, !parsed.GetValue(frozen)), (line, values, score) =>
            {
                count++;
                anomalies += score >= limit ? 1 : 0;
                take([line, .. values.Cast<object?>(), score, score >= limit]);
            });
            if (!asCsv)
            {
                output.Write(new Result([("detector", saved.Detector), ("rows", count), ("anomalies", anomalies), ("threshold", limit)], new ResultTable("rows_scored", names, found)), parsed.GetValue(format));
            }

            return CommandTree.Done;
        });
        return command;
    }

    private delegate double RowScore(double[] values, long timeMs);

    /// <summary>A stream detector scores, then learns; a batch detector says the share of fitted rows that score less.</summary>
    private static RowScore Scorer(string file, SavedModel saved, bool learns)
    {
        try
        {
            if (saved.Kind == ModelKind.Stream)
            {
                var judge = new RowJudge(saved.OpenStream(), saved.Threshold, learns);
                return (values, timeMs) => judge.Judge(values, timeMs).Score;
            }

            var (table, raw) = (saved.OpenBatch(), new double[1]);
            return (values, _) =>
            {
                table.Raw(values, raw);
                return table.RankOf(raw[0]);
            };
        }
        catch (ModelFormatException e)
        {
            throw new DataFormatException(file, 0, null, e.Message);
        }
    }

    private static void Walk(IRowReader rows, SeriesColumns columns, RowScore score, Action<long, double[], double> take)
    {
        var values = new double[columns.Values.Length];
        while (rows.Next())
        {
            columns.Read(rows, values);
            take(rows.Line, values, score(values, columns.TimeMs(rows)));
        }
    }
}
