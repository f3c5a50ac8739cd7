using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="LofBatch"/>.</summary>
public sealed record LofBatchOptions : DetectorOptions
{
    /// <summary>Neighbours, 1 to 1,000; default 20.</summary>
    [Range(1, 1_000)]
    public int Neighbors { get; init; } = 20;

    /// <summary>Rows kept to find neighbours among at most, a random sample of larger tables, 100 to 1,000,000; default 10,000.</summary>
    [Range(100, 1_000_000)]
    public int MaxRows { get; init; } = 10_000;
}

/// <summary>Local outlier factor (Breunig, Kriegel, Ng, Sander 2000): how much thinner a row's surroundings are than its neighbours'; about 1 inside a cluster.</summary>
/// <remarks>Exactly k neighbours are taken, ties by row number, and 1e-10 is added to mean reachability so that copies of a row stay finite.</remarks>
public sealed class LofBatch(LofBatchOptions options, ulong seed) : IBatchDetector<LofBatch, LofBatchOptions>
{
    private const double Tiny = 1e-10;
    private SideBySide? _table;
    private double[] _kDistance = [];
    private double[] _density = [];

    public static string Name => "lof";

    public static string Summary => "Local outlier factor: density of the neighbours over the row's own.";

    public static LofBatch Create(LofBatchOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension) => Fit(rows, dimension, []);

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        var table = Fitted.Of(_table);
        var neighbors = new Neighbors(table, options.Neighbors);
        for (var i = 0; i < scores.Length; i++)
        {
            neighbors.Find(rows.Slice(i * table.Dimension, table.Dimension), -1);
            scores[i] = Factor(neighbors.Rows.AsSpan(0, neighbors.Count), Density(neighbors.Rows, neighbors.Distances.AsSpan(0, neighbors.Count)));
        }
    }

    public void FitScore(ReadOnlySpan<double> rows, int dimension, Span<double> scores) => Fit(rows, dimension, scores);

    private void Fit(ReadOnlySpan<double> rows, int dimension, Span<double> scores)
    {
        var (table, places) = new Table(rows, dimension).Sample(options.MaxRows, seed);
        _table = new SideBySide(table);
        var k = Math.Min(options.Neighbors, Math.Max(1, table.Count - 1));
        var found = new Neighbors(_table, k);
        var rowsOf = new int[table.Count * k];
        var distancesOf = new double[table.Count * k];
        _kDistance = new double[table.Count];
        _density = new double[table.Count];
        for (var i = 0; i < table.Count; i++)
        {
            found.Find(table[i], i);
            found.Rows.CopyTo(rowsOf, i * k);
            found.Distances.CopyTo(distancesOf, i * k);
            _kDistance[i] = found.Count == 0 ? 0 : found.Distances[found.Count - 1];
        }

        var count = Math.Min(k, table.Count - 1);
        for (var i = 0; i < table.Count; i++)
        {
            _density[i] = Density(rowsOf.AsSpan(i * k, count), distancesOf.AsSpan(i * k, count));
        }

        for (var i = 0; i < scores.Length; i++)
        {
            if (places[i] is >= 0 and var place)
            {
                scores[i] = Factor(rowsOf.AsSpan(place * k, count), _density[place]);
            }
            else
            {
                Score(rows.Slice(i * dimension, dimension), scores.Slice(i, 1));
            }
        }
    }

    private double Density(ReadOnlySpan<int> neighbors, ReadOnlySpan<double> distances)
    {
        var sum = 0.0;
        for (var i = 0; i < distances.Length; i++)
        {
            sum += Math.Max(distances[i], _kDistance[neighbors[i]]);
        }

        return 1 / ((sum / Math.Max(1, distances.Length)) + Tiny);
    }

    private double Factor(ReadOnlySpan<int> neighbors, double density)
    {
        if (neighbors.IsEmpty)
        {
            return 1;
        }

        var sum = 0.0;
        foreach (var neighbor in neighbors)
        {
            sum += _density[neighbor];
        }

        return sum / neighbors.Length / density;
    }
}
