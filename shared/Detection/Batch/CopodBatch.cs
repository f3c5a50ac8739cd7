namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="CopodBatch"/>: it has none.</summary>
public sealed record CopodBatchOptions : DetectorOptions;

/// <summary>COPOD (Li, Zhao, Botta, Ionescu, Hu 2020). A row that was not fitted is scored as if it had joined the fitted ones.</summary>
public sealed class CopodBatch : IBatchDetector<CopodBatch, CopodBatchOptions>
{
    private TailProbabilities? _tails;

    public static string Name => "copod";

    public static string Summary => "Empirical copula: tails chosen by skewness, averaged otherwise; no parameters.";

    public static CopodBatch Create(CopodBatchOptions options, ulong seed) => new();

    public void Fit(ReadOnlySpan<double> rows, int dimension) => _tails = new TailProbabilities(new Table(rows, dimension));

    public void Score(ReadOnlySpan<double> rows, Span<double> scores) => Score(rows, scores, joins: true);

    public void FitScore(ReadOnlySpan<double> rows, int dimension, Span<double> scores)
    {
        Fit(rows, dimension);
        Score(rows, scores, joins: false);
    }

    private void Score(ReadOnlySpan<double> rows, Span<double> scores, bool joins)
    {
        var tails = Fitted.Of(_tails);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = 0;
            for (var column = 0; column < tails.Dimension; column++)
            {
                var tail = tails.Of(column, rows[(i * tails.Dimension) + column], joins);
                scores[i] += Math.Max(tail.Skewed, (tail.Left + tail.Right) / 2);
            }
        }
    }
}
