using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Explanations;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="HbosBatch"/>.</summary>
public sealed record HbosBatchOptions : DetectorOptions
{
    /// <summary>Bins of equal width, 2 to 1,000; default 10.</summary>
    [Range(2, 1_000)]
    public int Bins { get; init; } = 10;

    /// <summary>Added to each density so that an empty bin stays finite, 1e-9 to 1; default 0.1.</summary>
    [Range(1e-9, 1)]
    public double Alpha { get; init; } = 0.1;

    /// <summary>Bin widths outside the histogram that still count as the outermost bin, 0 to 10; default 0.5.</summary>
    [Range(0, 10)]
    public double Tolerance { get; init; } = 0.5;
}

/// <summary>Histogram-based outlier score (Goldstein, Dengel 2012): sum over features of -log2(density + alpha).</summary>
public sealed class HbosBatch(HbosBatchOptions options) : IBatchDetector<HbosBatch, HbosBatchOptions>, IAdditiveBatch
{
    private double[]? _low;
    private double[] _high = [];
    private double[] _width = [];
    private double[] _scores = [];
    private double[] _worst = [];

    public static string Name => "hbos";

    public static string Summary => "Histogram of each feature: sum of -log2 density.";

    public static bool Saturates => true;

    public static HbosBatch Create(HbosBatchOptions options, ulong seed) => new(options);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        var table = new Table(rows, dimension);
        (_low, _high, _width, _worst) = (new double[dimension], new double[dimension], new double[dimension], new double[dimension]);
        _scores = new double[dimension * options.Bins];
        for (var column = 0; column < dimension; column++)
        {
            var sorted = table.SortedColumn(column);
            var (low, high) = (sorted[0], sorted[^1]);
            if (low == high)
            {
                var half = Math.Max(0.5, Math.Abs(low) * 1e-9);
                (low, high) = (low - half, high + half);
            }

            (_low[column], _high[column], _width[column]) = (low, high, (high - low) / options.Bins);
            var scores = _scores.AsSpan(column * options.Bins, options.Bins);
            foreach (var value in sorted)
            {
                scores[BinOf(column, value)]++;
            }

            foreach (ref var score in scores)
            {
                score = -Math.Log2((score / (sorted.Length * _width[column])) + options.Alpha);
            }

            _worst[column] = MaxOf(scores);
        }
    }

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        var dimension = Fitted.Of(_low).Length;
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = 0;
            for (var column = 0; column < dimension; column++)
            {
                scores[i] += ScoreOf(column, rows[(i * dimension) + column]);
            }
        }
    }

    public double Contribute(ReadOnlySpan<double> row, Span<double> contributions)
    {
        for (var column = 0; column < contributions.Length; column++)
        {
            contributions[column] = ScoreOf(column, row[column]);
        }

        return 0;
    }

    private static double MaxOf(ReadOnlySpan<double> values)
    {
        var max = double.NegativeInfinity;
        foreach (var value in values)
        {
            max = Math.Max(max, value);
        }

        return max;
    }

    private double ScoreOf(int column, double value)
    {
        var outside = Math.Max(_low![column] - value, value - _high[column]);
        return outside > options.Tolerance * _width[column] ? _worst[column] : _scores[(column * options.Bins) + BinOf(column, value)];
    }

    private int BinOf(int column, double value)
    {
        var position = (value - _low![column]) / _width[column];
        return position >= options.Bins ? options.Bins - 1 : position > 0 ? (int)position : 0;
    }
}
