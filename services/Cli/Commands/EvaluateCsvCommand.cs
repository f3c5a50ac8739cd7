using System.CommandLine;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Detection.Batch;
using Tidewatch.Evaluation.Data;
using Tidewatch.Evaluation.Metrics;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate csv</c>: batch detectors on one labelled file.</summary>
internal static class EvaluateCsvCommand
{
    private const int MostPoints = 1_000;

    public static Command Create(TextWriter output, TextWriter errors)
    {
        var data = CommonOptions.Data($"{DataFile.Formats}; columns of words are left out");
        var label = new Option<string>("--label") { Description = "column that is 1 for anomalies, 0 otherwise", DefaultValueFactory = _ => "label" };
        var train = new Option<string?>("--train") { Description = "file with the same columns, the label aside, to learn from; without it the data itself" };
        var ignore = new Option<string[]>("--ignore") { Description = "columns that are no features, such as the time", AllowMultipleArgumentsPerToken = true };
        var detector = new Option<string?>("--detector") { Description = $"a batch detector; default {HistoryEnsembleBatch.Name} with --train or --folds, {TabularEnsembleBatch.Name} without" };
        detector.AcceptOnlyFromAmong([.. BatchCatalog.Known.Select(e => e.Name)]);
        var flagged = new Option<double>("--flagged") { Description = "share of rows with the highest scores that is flagged, 0 to 1; default the share of anomalies", DefaultValueFactory = _ => 0 }.Within(0, 1);
        var folds = new Option<int>("--folds") { Description = "cross-validation in time: the rows are cut into one part more than folds, each part is judged by what the parts before it taught; default 0, none" };
        var format = CommonOptions.Output();
        var command = new Command("csv", "Judges a batch detector on a labelled file.") { data, label, train, ignore, detector, flagged, folds, format };
        command.SetAction(parsed =>
        {
            var (column, without) = (parsed.GetRequiredValue(label), parsed.GetValue(ignore) ?? []);
            var table = Read(parsed.GetRequiredValue(data), rows => LabelledTable.Read(rows, column, forgivesWords: false, [.. without.Select(w => rows.Columns[rows.IndexOf(w)])]));
            var fitted = parsed.GetValue(train) is { } file ? Read(file, rows => LabelledTable.ReadColumns(rows, column, table.Columns)) : null;
            errors.Warn([.. table.Warnings, .. fitted?.Warnings ?? []]);
            var (path, share) = (parsed.GetRequiredValue(data), parsed.GetValue(flagged));
            var name = parsed.GetValue(detector) ?? (fitted is null && parsed.GetValue(folds) == 0 ? TabularEnsembleBatch.Name : HistoryEnsembleBatch.Name);
            output.Write(parsed.GetValue(folds) is not 0 and var count ? CsvFolds.Judge(name, path, table, fitted is null ? count : throw new UsageException("--folds learns from the file itself: leave out --train")) : Judge(name, path, table, fitted, share), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Result Judge(string name, string file, LabelledTable table, LabelledTable? train, double flagged)
    {
        table.RequireBothKinds(file);
        var anomalies = table.Labels.AsSpan().Count(true);
        var scores = CsvScores.Of(name, file, table, train);
        var (ranking, share) = (Ranking.Of(table.Labels, scores), flagged > 0 ? flagged : (double)anomalies / table.Labels.Length);
        var threshold = scores.OrderDescending().ElementAt(Math.Clamp((int)Math.Round(share * scores.Length) - 1, 0, scores.Length - 1));
        var flags = Array.ConvertAll(scores, s => s >= threshold);
        var (confusion, segments) = (Confusion.Of(table.Labels, flags), SegmentScores.Of(table.Labels, flags));
        var (interval, volume) = (Bootstrap.OfRocAuc(table.Labels, scores, samples: 200), VolumeUnderSurface.Of(table.Labels, scores));
        return new Result(
            [
                ("detector", name), ("rows", table.Labels.Length), ("anomalies", anomalies), ("roc_auc", ranking.RocAuc), ("roc_auc_lower", interval.Lower), ("roc_auc_upper", interval.Upper),
                ("average_precision", ranking.AveragePrecision), ("vus_roc", volume.Roc), ("vus_pr", volume.Pr), ("threshold", threshold),
                ("true_positives", confusion.TruePositives), ("false_positives", confusion.FalsePositives), ("false_negatives", confusion.FalseNegatives), ("true_negatives", confusion.TrueNegatives),
                ("precision", confusion.Precision), ("recall", confusion.Recall), ("f1", confusion.F1), ("specificity", confusion.Specificity),
                ("event_precision", segments.EventPrecision), ("event_recall", segments.EventRecall), ("range_precision", segments.RangePrecision), ("range_recall", segments.RangeRecall), ("mean_delay_rows", segments.MeanDelay),
                ("point_adjusted_f1", PointAdjusted.Of(table.Labels, flags).F1), ("warning", PointAdjusted.Warning),
            ],
            new ResultTable("curve", ["threshold", "recall", "false_positive_rate", "precision"], [.. Thinned(ranking.Points).Select(p => (object?[])[p.Threshold, p.Recall, p.FalsePositiveRate, p.Precision])]));
    }

    /// <summary>At most about a thousand points of the curve, its last among them.</summary>
    private static IEnumerable<RankingPoint> Thinned(IReadOnlyList<RankingPoint> points)
    {
        var step = ((points.Count - 1) / MostPoints) + 1;
        return points.Where((_, i) => (points.Count - 1 - i) % step == 0);
    }

    private static LabelledTable Read(string file, Func<IRowReader, LabelledTable> read)
    {
        using var rows = DataFile.Open(file);
        return read(rows);
    }
}
