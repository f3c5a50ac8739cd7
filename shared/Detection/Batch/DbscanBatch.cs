using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="DbscanBatch"/>.</summary>
public sealed record DbscanBatchOptions : DetectorOptions
{
    /// <summary>Rows within <see cref="Radius"/>, the row itself among them, that make it a core of a cluster, 2 to 1,000; default 5.</summary>
    [Range(2, 1_000)]
    public int MinPoints { get; init; } = 5;

    /// <summary>Neighbourhood in the rows' unit, 0 or more; 0 (default) takes the 90th percentile of the distances to the MinPoints-th row.</summary>
    [Range(0, double.MaxValue)]
    public double Radius { get; init; }

    /// <summary>Rows kept to find neighbours among at most, a random sample of larger tables, 100 to 1,000,000; default 10,000.</summary>
    [Range(100, 1_000_000)]
    public int MaxRows { get; init; } = 10_000;
}

/// <summary>DBSCAN (Ester, Kriegel, Sander, Xu 1996) as a score: distance to the nearest core row in radii. Above 1 is noise, at most 1 belongs to a cluster.</summary>
public sealed class DbscanBatch(DbscanBatchOptions options, ulong seed) : IBatchDetector<DbscanBatch, DbscanBatchOptions>
{
    private SideBySide? _cores;

    public static string Name => "dbscan";

    public static string Summary => "Distance to the nearest core row of a density cluster in radii; above 1 is noise.";

    /// <summary>The neighbourhood in use.</summary>
    public double Radius { get; private set; }

    public static DbscanBatch Create(DbscanBatchOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        var (table, _) = new Table(rows, dimension).Sample(options.MaxRows, seed);
        var reach = new double[table.Count];
        var neighbors = new Neighbors(new SideBySide(table), options.MinPoints);
        for (var i = 0; i < table.Count; i++)
        {
            neighbors.Find(table[i], -1);
            reach[i] = neighbors.Count < options.MinPoints ? double.PositiveInfinity : neighbors.Distances[^1];
        }

        double[] sorted = [.. reach.Where(double.IsFinite).Order()];
        Radius = options.Radius > 0 ? options.Radius : sorted.Length == 0 ? 1 : Math.Max(sorted[(int)(0.9 * (sorted.Length - 1))], double.Epsilon * 1e16);
        int[] cores = [.. Enumerable.Range(0, table.Count).Where(i => reach[i] <= Radius)];
        cores = cores.Length > 0 ? cores : [.. Enumerable.Range(0, table.Count)];
        var coreRows = new double[cores.Length * dimension];
        for (var i = 0; i < cores.Length; i++)
        {
            table[cores[i]].CopyTo(coreRows.AsSpan(i * dimension));
        }

        _cores = new SideBySide(new Table(coreRows, dimension));
    }

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        var cores = Fitted.Of(_cores);
        var neighbors = new Neighbors(cores, 1);
        for (var i = 0; i < scores.Length; i++)
        {
            neighbors.Find(rows.Slice(i * cores.Dimension, cores.Dimension), -1);
            scores[i] = Math.Min(neighbors.Distances[0] / Radius, double.MaxValue);
        }
    }
}
