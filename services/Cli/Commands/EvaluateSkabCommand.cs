using System.CommandLine;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Detection.Batch;
using Tidewatch.Evaluation.Data;
using Tidewatch.Evaluation.Metrics;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate skab</c>: pump and valve runs, judged by false-alarm and missing-alarm rate.</summary>
internal static class EvaluateSkabCommand
{
    private const string Label = "anomaly";
    private const int TrainRows = 400;
    private const ulong Seed = 1;

    public static Command Create(TextWriter output, TextWriter errors)
    {
        var data = CommonOptions.Data($"folder with runs at any depth, {TableFolder.Formats}; runs without a column '{Label}' are left out, and so are columns of words");
        var detector = new Option<string>("--detector") { Description = "a batch detector", DefaultValueFactory = _ => McdBatch.Name };
        detector.AcceptOnlyFromAmong([.. BatchCatalog.Known.Select(e => e.Name)]);
        var smooth = new Option<int>("--smooth") { Description = "rows the score is averaged over, at least 1", DefaultValueFactory = _ => 30 };
        var margin = new Option<double>("--margin") { Description = "the threshold is this times the highest averaged score in training", DefaultValueFactory = _ => 2 };
        var format = CommonOptions.Output();
        var command = new Command("skab", "SKAB: learns from the first 400 rows of each run, flags the rest; FAR and MAR ('everything is anomalous' has F1 .698).") { data, detector, smooth, margin, format };
        command.SetAction(parsed =>
        {
            output.Write(Run(parsed.GetRequiredValue(data), parsed.GetRequiredValue(detector), Math.Max(1, parsed.GetValue(smooth)), parsed.GetValue(margin), errors), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Result Run(string folder, string name, int smooth, double margin, TextWriter errors)
    {
        var (total, rows, leftOut) = (default(Confusion), new List<object?[]>(), new List<LeftOut>());
        foreach (var file in TableFolder.Files(folder, Label, SearchOption.AllDirectories, leftOut))
        {
            try
            {
                using var table = DataFile.Open(file);
                var run = LabelledTable.Read(table, Label, forgivesWords: true, "datetime", "changepoint");
                errors.Warn(run.Warnings);
                var confusion = run.Labels.Length > TrainRows
                    ? Judge(run, name, smooth, margin)
                    : throw new DataFormatException(file, 0, null, $"{run.Labels.Length} rows: the first {TrainRows} are learned, nothing is left to judge");
                total += confusion;
                rows.Add([Path.GetRelativePath(folder, file), confusion.FalsePositiveRate, confusion.MissRate, confusion.F1]);
            }
            catch (DataFormatException e)
            {
                leftOut.Add(new LeftOut(Path.GetRelativePath(folder, file), e.Message));
            }
        }

        return rows.Count > 0
            ? new Result([("detector", name), ("files", rows.Count), ("far", total.FalsePositiveRate), ("mar", total.MissRate), ("f1", total.F1)], new ResultTable("runs", ["file", "far", "mar", "f1"], rows)).Without(leftOut)
            : throw LeftOut.All(folder, leftOut, $"no file with a column '{Label}' in it; files are {TableFolder.Formats}");
    }

    private static Confusion Judge(LabelledTable run, string name, int smooth, double margin)
    {
        var (table, scores, detector) = (run.Standardised(TrainRows), new double[run.Labels.Length], BatchCatalog.Get(name).Create(Seed));
        detector.Fit(table.Values.AsSpan(0, TrainRows * table.Dimension), table.Dimension);
        detector.Score(table.Values, scores);
        var averaged = Enumerable.Range(0, scores.Length).Select(i => scores.AsSpan(Math.Max(0, i + 1 - smooth), Math.Min(i + 1, smooth)).ToArray().Average()).ToArray();
        var threshold = margin * averaged.Skip(smooth - 1).Take(TrainRows - smooth + 1).DefaultIfEmpty(0).Max();
        return Confusion.Of(run.Labels.AsSpan(TrainRows), Array.ConvertAll(averaged[TrainRows..], s => s > threshold));
    }
}
