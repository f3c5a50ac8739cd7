namespace Tidewatch.Detection.Batch;

/// <summary>A model of a table: rows without time, learned together. Larger scores are more anomalous; their scale is the method's own.</summary>
/// <remarks>Tables are row-major: row i is the <c>dimension</c> values from <c>i * dimension</c>. All values must be finite. Not thread-safe.</remarks>
public interface IBatchDetector
{
    /// <summary>Learns <paramref name="rows"/> and forgets what was learned before.</summary>
    /// <param name="rows">At least one whole row. Throws <see cref="ArgumentException"/> otherwise.</param>
    /// <param name="dimension">Values of a row, at least 1.</param>
    void Fit(ReadOnlySpan<double> rows, int dimension);

    /// <summary>Scores rows against what was fitted, as rows the model has not seen.</summary>
    /// <param name="rows">Rows of the fitted dimension.</param>
    /// <param name="scores">As many places as there are rows.</param>
    void Score(ReadOnlySpan<double> rows, Span<double> scores);

    /// <summary>Learns <paramref name="rows"/> and scores the same rows; methods that compare rows leave each out of its own neighbours.</summary>
    void FitScore(ReadOnlySpan<double> rows, int dimension, Span<double> scores)
    {
        Fit(rows, dimension);
        Score(rows, scores);
    }
}
