using Tidewatch.Cli.Output;
using Tidewatch.Evaluation.Data;
using Tidewatch.Evaluation.Metrics;

namespace Tidewatch.Cli.Commands;

/// <summary>Cross-validation of a labelled table in time: each part is judged by a model of all rows before it, which is never shown a later one.</summary>
internal static class CsvFolds
{
    private const int FewestRows = 2;

    /// <summary>The areas of each fold and their means; null for a fold in which only one kind of row is.</summary>
    public static Result Judge(string name, string file, LabelledTable table, int folds)
    {
        var most = (table.Labels.Length / FewestRows) - 1;
        if (folds < 1 || folds > most)
        {
            throw new UsageException($"--folds {folds}: of {table.Labels.Length} rows 1 to {Math.Max(1, most)} folds can be made");
        }

        table.RequireBothKinds(file);
        var rows = Enumerable.Range(1, folds).Select(fold => Fold(name, file, table, fold, folds)).ToArray();
        return rows.Any(r => r[^1] is not null)
            ? new Result(
                [("detector", name), ("rows", table.Labels.Length), ("fold_count", folds), ("folds_with_both_kinds", rows.Count(r => r[^1] is not null)), ("roc_auc", Mean(rows, 5)), ("average_precision", Mean(rows, 6)), ("vus_roc", Mean(rows, 7)), ("vus_pr", Mean(rows, 8))],
                new ResultTable("folds", ["fold", "learned_rows", "first_row", "judged_rows", "anomalies", "roc_auc", "average_precision", "vus_roc", "vus_pr"], rows))
            : throw new DataFormatException(file, 0, null, $"no fold has anomalies and normal rows: take fewer than {folds} folds");
    }

    private static object?[] Fold(string name, string file, LabelledTable table, int fold, int folds)
    {
        var (first, end) = ((int)((long)table.Labels.Length * fold / (folds + 1)), (int)((long)table.Labels.Length * (fold + 1) / (folds + 1)));
        var judged = table.Rows(first, end);
        object?[] place = [fold, first, first + 1, end - first, judged.Labels.Count(l => l)];
        if (!judged.Labels.Contains(true) || !judged.Labels.Contains(false))
        {
            return [.. place, null, null, null, null];
        }

        var scores = CsvScores.Of(name, file, judged, table.Rows(0, first));
        var (ranking, volume) = (Ranking.Of(judged.Labels, scores), VolumeUnderSurface.Of(judged.Labels, scores));
        return [.. place, ranking.RocAuc, ranking.AveragePrecision, volume.Roc, volume.Pr];
    }

    private static double Mean(object?[][] rows, int column) => rows.Where(r => r[column] is not null).Average(r => (double)r[column]!);
}
