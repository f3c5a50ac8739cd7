using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Batch;

/// <summary>How the distances to the k neighbours become one score.</summary>
public enum NeighborDistance
{
    /// <summary>Distance to the k-th (Ramaswamy, Rastogi, Shim 2000).</summary>
    Largest,

    /// <summary>Mean of the k distances (Angiulli, Pizzuti 2002).</summary>
    Mean,
}

/// <summary>Options of <see cref="KnnBatch"/>.</summary>
public sealed record KnnBatchOptions : DetectorOptions
{
    /// <summary>Neighbours, 1 to 1,000; default 5.</summary>
    [Range(1, 1_000)]
    public int Neighbors { get; init; } = 5;

    /// <summary>Which distance scores; default the largest.</summary>
    public NeighborDistance Distance { get; init; } = NeighborDistance.Largest;

    /// <summary>Rows kept to find neighbours among at most, a random sample of larger tables, 100 to 1,000,000; default 10,000.</summary>
    [Range(100, 1_000_000)]
    public int MaxRows { get; init; } = 10_000;
}

/// <summary>Distance to the nearest fitted rows (Ramaswamy, Rastogi, Shim 2000).</summary>
public sealed class KnnBatch(KnnBatchOptions options, ulong seed) : IBatchDetector<KnnBatch, KnnBatchOptions>
{
    private SideBySide? _table;

    public static string Name => "knn";

    public static string Summary => "Distance to the k nearest rows.";

    public static KnnBatch Create(KnnBatchOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension) => Keep(rows, dimension);

    public void Score(ReadOnlySpan<double> rows, Span<double> scores) => Score(rows, scores, []);

    public void FitScore(ReadOnlySpan<double> rows, int dimension, Span<double> scores) => Score(rows, scores, Keep(rows, dimension));

    private int[] Keep(ReadOnlySpan<double> rows, int dimension)
    {
        var (kept, places) = new Table(rows, dimension).Sample(options.MaxRows, seed);
        _table = new SideBySide(kept);
        return places;
    }

    /// <summary>Scores rows, each but for itself where <paramref name="places"/> says that it was kept.</summary>
    private void Score(ReadOnlySpan<double> rows, Span<double> scores, ReadOnlySpan<int> places)
    {
        var table = Fitted.Of(_table);
        var neighbors = new Neighbors(table, options.Neighbors);
        for (var i = 0; i < scores.Length; i++)
        {
            neighbors.Find(rows.Slice(i * table.Dimension, table.Dimension), places.IsEmpty ? -1 : places[i]);
            var distances = neighbors.Distances.AsSpan(0, neighbors.Count);
            scores[i] = distances.IsEmpty ? 0 : options.Distance == NeighborDistance.Largest ? distances[^1] : Mean(distances);
        }
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
