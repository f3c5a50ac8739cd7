using Tidewatch.Detection.Explanations;

namespace Tidewatch.Detection.Batch;

/// <summary>Base of the detectors that sum, over the columns, what a row's empirical tail probabilities say.</summary>
/// <remarks>A row that was not fitted is scored as if it had joined the fitted ones.</remarks>
public abstract class TailBatch : IBatchDetector, IAdditiveBatch
{
    private TailProbabilities? _tails;

    public void Fit(ReadOnlySpan<double> rows, int dimension) => _tails = new TailProbabilities(new Table(rows, dimension));

    public void Score(ReadOnlySpan<double> rows, Span<double> scores) => Score(rows, scores, joins: true);

    public void FitScore(ReadOnlySpan<double> rows, int dimension, Span<double> scores)
    {
        Fit(rows, dimension);
        Score(rows, scores, joins: false);
    }

    public double Contribute(ReadOnlySpan<double> row, Span<double> contributions)
    {
        var (tails, whole) = (Fitted.Of(_tails), (Left: 0.0, Right: 0.0, Skewed: 0.0));
        for (var column = 0; column < tails.Dimension; column++)
        {
            var (left, right, skewed) = tails.Of(column, row[column], joins: true);
            contributions[column] = Combine(left, right, skewed);
            whole = (whole.Left + left, whole.Right + right, whole.Skewed + skewed);
        }

        if (!IsPerFeature)
        {
            var largest = Combine(whole.Left, whole.Right, whole.Skewed);
            for (var column = 0; column < tails.Dimension; column++)
            {
                var (left, right, skewed) = tails.Of(column, row[column], joins: true);
                contributions[column] = largest == whole.Left ? left : largest == whole.Right ? right : skewed;
            }
        }

        return 0;
    }

    /// <summary>Whether each column is combined by itself (true) or the sums over the columns are.</summary>
    protected virtual bool IsPerFeature => true;

    /// <summary>One figure of -ln of the left tail, the right tail, and the one the skewness points to: of a column, or of their sums.</summary>
    protected abstract double Combine(double left, double right, double skewed);

    private void Score(ReadOnlySpan<double> rows, Span<double> scores, bool joins)
    {
        var tails = Fitted.Of(_tails);
        for (var i = 0; i < scores.Length; i++)
        {
            var (total, lefts, rights, chosen) = (0.0, 0.0, 0.0, 0.0);
            for (var column = 0; column < tails.Dimension; column++)
            {
                var (left, right, skewed) = tails.Of(column, rows[(i * tails.Dimension) + column], joins);
                total += Combine(left, right, skewed);
                (lefts, rights, chosen) = (lefts + left, rights + right, chosen + skewed);
            }

            scores[i] = IsPerFeature ? total : Combine(lefts, rights, chosen);
        }
    }
}
