using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="CblofBatch"/>.</summary>
public sealed record CblofBatchOptions : DetectorOptions
{
    /// <summary>Clusters of k-means, 2 to 1,000; default 8.</summary>
    [Range(2, 1_000)]
    public int Clusters { get; init; } = 8;

    /// <summary>Share of the rows that the large clusters must hold, 0.5 to 1; default 0.9.</summary>
    [Range(0.5, 1)]
    public double Alpha { get; init; } = 0.9;

    /// <summary>Drop in size from one cluster to the next that ends the large ones, 1 to 1,000 (PyOD: 5); 0 (default) looks at alpha alone.</summary>
    /// <remarks>With a drop asked for, one cluster of few rows makes all others large, and anomalies that lie together become ordinary.</remarks>
    [Range(0, 1_000)]
    public double Beta { get; init; }

    /// <summary>Starts of k-means of which the tightest counts, 1 to 100; default 10.</summary>
    [Range(1, 100)]
    public int Starts { get; init; } = 10;
}

/// <summary>Cluster-based local outlier factor (He, Xu, Deng 2003), unweighted: distance to the own centre, for small clusters to the nearest large one's.</summary>
/// <remarks>Clusters by size are large up to the first place that satisfies both alpha and beta, else alpha, else beta, else all of them.</remarks>
public sealed class CblofBatch(CblofBatchOptions options, ulong seed) : IBatchDetector<CblofBatch, CblofBatchOptions>
{
    /// <summary>Rows that clusters are made of at most, a random sample of larger tables; more moves the centres of so few clusters little.</summary>
    private const int MostFitted = 100_000;
    private KMeans? _clusters;
    private bool[] _isLarge = [];
    private int _dimension;

    public static string Name => "cblof";

    public static string Summary => "Distance to the own cluster's centre, from small clusters to the nearest large one's.";

    public static CblofBatch Create(CblofBatchOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        var (table, _) = new Table(rows, dimension).Sample(MostFitted, seed);
        var clusters = new KMeans(options.Clusters, options.Starts, seed);
        clusters.Fit(table);
        var sizes = new int[clusters.Count];
        foreach (var label in clusters.Labels)
        {
            sizes[label]++;
        }

        _isLarge = LargeOf(sizes, options.Alpha, options.Beta);
        (_clusters, _dimension) = (clusters, dimension);
    }

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        var clusters = Fitted.Of(_clusters);
        for (var i = 0; i < scores.Length; i++)
        {
            var row = rows.Slice(i * _dimension, _dimension);
            var (nearest, squared) = clusters.Nearest(row);
            if (!_isLarge[nearest])
            {
                squared = double.PositiveInfinity;
                for (var cluster = 0; cluster < clusters.Count; cluster++)
                {
                    squared = _isLarge[cluster] ? Math.Min(squared, Distance.Squared(row, clusters[cluster])) : squared;
                }
            }

            scores[i] = Math.Sqrt(squared);
        }
    }

    /// <summary>Which clusters of these sizes are large, definition 3 of the paper.</summary>
    internal static bool[] LargeOf(ReadOnlySpan<int> sizes, double alpha, double beta)
    {
        var (sorted, order) = (sizes.ToArray(), Enumerable.Range(0, sizes.Length).ToArray());
        Array.Sort(sorted, order, Comparer<int>.Create((a, b) => b.CompareTo(a)));
        var (total, covered) = (sorted.Sum(), 0);
        var (byBoth, byAlpha, byBeta) = (0, 0, 0);
        for (var i = 1; i < sorted.Length; i++)
        {
            covered += sorted[i - 1];
            var (holds, drops) = (covered >= alpha * total, beta > 0 && sorted[i - 1] >= beta * sorted[i]);
            byBoth = byBoth == 0 && holds && drops ? i : byBoth;
            byAlpha = byAlpha == 0 && holds ? i : byAlpha;
            byBeta = byBeta == 0 && drops ? i : byBeta;
        }

        var large = byBoth > 0 ? byBoth : byAlpha > 0 ? byAlpha : byBeta > 0 ? byBeta : sorted.Length;
        var result = new bool[sizes.Length];
        foreach (var cluster in order.AsSpan(0, large))
        {
            result[cluster] = true;
        }

        return result;
    }
}
