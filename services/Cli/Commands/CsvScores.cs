using Tidewatch.Detection.Batch;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Commands;

/// <summary>Scores of a labelled table by a batch detector.</summary>
internal static class CsvScores
{
    private const ulong Seed = 1;

    /// <summary>A score of each row of <paramref name="table"/>; columns are standardised by what is learned.</summary>
    /// <param name="name">A batch detector.</param>
    /// <param name="file">Named in errors.</param>
    /// <param name="table">The rows that are judged.</param>
    /// <param name="train">The rows that are learned; null for those that are judged.</param>
    public static double[] Of(string name, string file, LabelledTable table, LabelledTable? train)
    {
        var (scores, detector) = (new double[table.Labels.Length], BatchCatalog.Get(name).Create(Seed));
        var fitted = train?.Labels.Length ?? table.Labels.Length;
        var joined = (train is null ? table : table with { Values = [.. train.Values, .. table.Values], Labels = [.. train.Labels, .. table.Labels] }).Standardised(fitted);
        if (joined.Dimension == 0)
        {
            throw new DataFormatException(file, 0, null, "every column beside the label is constant in what is learned");
        }

        var cut = fitted * joined.Dimension;
        if (train is null)
        {
            detector.FitScore(joined.Values, joined.Dimension, scores);
            return scores;
        }

        detector.Fit(joined.Values.AsSpan(0, cut), joined.Dimension);
        detector.Score(joined.Values.AsSpan(cut), scores);
        return scores;
    }
}
