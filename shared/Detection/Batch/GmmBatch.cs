using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="GmmBatch"/>.</summary>
public sealed record GmmBatchOptions : DetectorOptions
{
    /// <summary>Normal distributions mixed, 1 to 100; default 4.</summary>
    [Range(1, 100)]
    public int Components { get; init; } = 4;

    /// <summary>Added to each variance, 0 to 1; default 1e-3, in units of standardised features.</summary>
    [Range(0, 1)]
    public double Ridge { get; init; } = 1e-3;

    /// <summary>
    /// Rows' worth of the covariance common to all components that is mixed into each one's own, 0 to 100; default 1, in multiples of the features.
    /// 0 is plain maximum likelihood: a component of fewer rows than features then has a density bounded by <see cref="Ridge"/> alone, and whatever it holds looks normal.
    /// </summary>
    [Range(0, 100)]
    public double Shrinkage { get; init; } = 1;

    /// <summary>
    /// Rows that a component needs for each feature, 0 to 100; default 1. A component of fewer is given up and its rows fall to the others: it would hold what
    /// it holds for normal, however far from all else that lies. The largest always stays.
    /// </summary>
    [Range(0, 100)]
    public double RowsPerFeature { get; init; } = 1;

    /// <summary>Starts of which the likeliest is kept, 1 to 100; default 1.</summary>
    [Range(1, 100)]
    public int Starts { get; init; } = 1;

    /// <summary>Gain of the mean log-likelihood below which fitting ends, 0 to 1; default 1e-3.</summary>
    [Range(0, 1)]
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Rounds of expectation and maximisation at most, 1 to 10,000; default 100.</summary>
    [Range(1, 10_000)]
    public int MaxRounds { get; init; } = 100;
}

/// <summary>Negative log-likelihood under a mixture of normal distributions with full covariances, fitted by EM (Dempster, Laird, Rubin 1977) from k-means.</summary>
/// <remarks>Covariances are shrunk towards their common one as in regularised discriminant analysis (Friedman 1989).</remarks>
public sealed class GmmBatch(GmmBatchOptions options, ulong seed) : IBatchDetector<GmmBatch, GmmBatchOptions>
{
    private GaussianMixture? _mixture;

    public static string Name => "gmm";

    public static string Summary => "Negative log-likelihood under a mixture of normal distributions.";

    public static GmmBatch Create(GmmBatchOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        var (table, best, random) = (new Table(rows, dimension), double.NegativeInfinity, new SeededRandom(seed));
        _mixture = null;
        for (var start = 0; start < options.Starts; start++)
        {
            var clusters = new KMeans(options.Components, 1, start == 0 ? seed : random.NextUInt64());
            clusters.Fit(table);
            var mixture = new GaussianMixture(dimension, options.Ridge, options.Shrinkage * dimension, Math.Max(options.RowsPerFeature * dimension, 1e-9));
            var likelihood = mixture.Fit(table, clusters.Labels, options.Tolerance, options.MaxRounds);
            if (_mixture is null || likelihood > best)
            {
                (_mixture, best) = (mixture, likelihood);
            }
        }
    }

    public void Score(ReadOnlySpan<double> rows, Span<double> scores) => Fitted.Of(_mixture).Score(rows, scores);
}
