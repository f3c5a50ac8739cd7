using Tidewatch.Detection.Batch;

namespace Tidewatch.Detection.Models;

/// <summary>A batch detector fitted to standardised rows, and where a row's score lies among theirs.</summary>
public sealed class FittedTable
{
    /// <summary>Largest size of a value that is accepted: squares of it stay finite.</summary>
    public const double Largest = 1e60;

    private readonly IBatchDetector _detector;
    private readonly Standardizer _standardizer;
    private readonly double[] _past;

    /// <param name="detector">A model that was not fitted.</param>
    /// <param name="rows">At least one row, row-major.</param>
    /// <param name="dimension">Values of a row.</param>
    public FittedTable(IBatchDetector detector, ReadOnlySpan<double> rows, int dimension)
    {
        _detector = detector;
        _standardizer = new Standardizer(new Table(rows, dimension));
        _past = new double[rows.Length / dimension];
        detector.FitScore(_standardizer.Apply(rows), dimension, _past);
        Array.Sort(_past);
        Dimension = dimension;
    }

    public int Dimension { get; }

    /// <summary>The method's own score of each row of <paramref name="rows"/>.</summary>
    public void Raw(ReadOnlySpan<double> rows, Span<double> raw) => _detector.Score(_standardizer.Apply(rows), raw);

    /// <summary>Share of the fitted rows whose score is smaller, in [0, 1].</summary>
    public double RankOf(double raw)
    {
        var (low, high) = (0, _past.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _past[middle] < raw ? (middle + 1, high) : (low, middle);
        }

        return (double)low / _past.Length;
    }
}
