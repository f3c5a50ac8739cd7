namespace Tidewatch.Detection.Batch;

/// <summary>Base of the detectors that sum, over the columns, what a row's empirical tail probabilities say.</summary>
/// <remarks>A row that was not fitted is scored as if it had joined the fitted ones.</remarks>
public abstract class TailBatch : IBatchDetector
{
    private TailProbabilities? _tails;

    public void Fit(ReadOnlySpan<double> rows, int dimension) => _tails = new TailProbabilities(new Table(rows, dimension));

    public void Score(ReadOnlySpan<double> rows, Span<double> scores) => Score(rows, scores, joins: true);

    public void FitScore(ReadOnlySpan<double> rows, int dimension, Span<double> scores)
    {
        Fit(rows, dimension);
        Score(rows, scores, joins: false);
    }

    /// <summary>What one column adds, of -ln of its left tail, its right tail, and the one its skewness points to.</summary>
    protected abstract double Combine(double left, double right, double skewed);

    private void Score(ReadOnlySpan<double> rows, Span<double> scores, bool joins)
    {
        var tails = Fitted.Of(_tails);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = 0;
            for (var column = 0; column < tails.Dimension; column++)
            {
                var (left, right, skewed) = tails.Of(column, rows[(i * tails.Dimension) + column], joins);
                scores[i] += Combine(left, right, skewed);
            }
        }
    }
}
