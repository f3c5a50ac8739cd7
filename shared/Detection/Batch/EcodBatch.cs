namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="EcodBatch"/>: it has none.</summary>
public sealed record EcodBatchOptions : DetectorOptions;

/// <summary>ECOD (Li, Zhao, Botta, Ionescu, Hu 2022). A row that was not fitted is scored as if it had joined the fitted ones.</summary>
public sealed class EcodBatch : IBatchDetector<EcodBatch, EcodBatchOptions>
{
    private TailProbabilities? _tails;

    public static string Name => "ecod";

    public static string Summary => "Sum over features of -ln of the smallest empirical tail; no parameters.";

    public static EcodBatch Create(EcodBatchOptions options, ulong seed) => new();

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
                scores[i] += Math.Max(Math.Max(tail.Left, tail.Right), tail.Skewed);
            }
        }
    }
}
