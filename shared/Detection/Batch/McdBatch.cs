using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Explanations;
using MathNet.Numerics.Distributions;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="McdBatch"/>.</summary>
public sealed record McdBatchOptions : DetectorOptions
{
    /// <summary>Random starts, 1 to 5,000; default 30; the paper takes 500.</summary>
    [Range(1, 5_000)]
    public int Starts { get; init; } = 30;

    /// <summary>Rows that the starts are tried on when the table has more, 100 to 100,000; default 600.</summary>
    [Range(100, 100_000)]
    public int StartRows { get; init; } = 600;

    /// <summary>Rows of each start as a share of all, 0 to 1; default 0.5, as scikit-learn does. 0 takes dimension + 1 as the paper does: closer to the least determinant, which may be one cluster of several.</summary>
    [Range(0, 1)]
    public double StartShare { get; init; } = 0.5;

    /// <summary>Share of the rows whose covariance is to have the least determinant, 0.5 to 1; default 0.5.</summary>
    [Range(0.5, 1)]
    public double Support { get; init; } = 0.5;
}

/// <summary>Squared Mahalanobis distance from the minimum covariance determinant estimate by FastMCD (Rousseeuw, Van Driessen 1999), reweighted, both steps consistent for normal rows (Pison, Van Aelst, Willems 2002).</summary>
public sealed class McdBatch(McdBatchOptions options, ulong seed) : IBatchDetector<McdBatch, McdBatchOptions>, IAdditiveBatch
{
    private const int Kept = 10;
    private const int MaxSteps = 30;
    private const double Ridge = 1e-6;
    private const double Inside = 0.975;
    private Gaussian? _gaussian;
    private double _consistency = 1;

    public static string Name => "mcd";

    public static string Summary => "Distance in the metric of the tightest half of the rows, robust to contaminated history.";

    public static McdBatch Create(McdBatchOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        var table = new Table(rows, dimension);
        var distances = new double[table.Count];
        var gaussian = Tightest(table, distances);
        gaussian.SquaredDistances(table.Values, distances);
        var scale = Median(distances) / ChiSquared.InvCDF(dimension, 0.5);
        var quantile = ChiSquared.InvCDF(dimension, Inside);
        var cut = quantile * scale;
        int[] members = [.. Enumerable.Range(0, table.Count).Where(i => distances[i] < cut)];
        gaussian.Fit(table, members);
        gaussian.Factor(Ridge);
        _consistency = Inside / ChiSquared.CDF(dimension + 2, quantile);
        _gaussian = gaussian;
    }

    public double Contribute(ReadOnlySpan<double> row, Span<double> contributions)
    {
        Fitted.Of(_gaussian).Contribute(row, contributions);
        foreach (ref var contribution in contributions)
        {
            contribution /= _consistency;
        }

        return 0;
    }

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        Fitted.Of(_gaussian).SquaredDistances(rows, scores);
        foreach (ref var score in scores)
        {
            score /= _consistency;
        }
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Starts from random rows, two concentration steps each; the ten tightest go on to convergence on all rows.</summary>
    private Gaussian Tightest(Table table, double[] distances)
    {
        var random = new SeededRandom(seed);
        var order = Enumerable.Range(0, table.Count).ToArray();
        var part = table.Count <= options.StartRows ? table : Sample(table, order, ref random);
        var take = Math.Clamp((int)(options.StartShare * part.Count), Math.Min(part.Count, table.Dimension + 1), part.Count);
        var best = new List<Gaussian>();
        for (var start = 0; start < options.Starts; start++)
        {
            var gaussian = new Gaussian(table.Dimension);
            Shuffle(order, part.Count, take, ref random);
            gaussian.Fit(part, order.AsSpan(0, take));
            gaussian.Factor(Ridge);
            Concentrate(gaussian, part, distances);
            Concentrate(gaussian, part, distances);
            best.Add(gaussian);
            if (best.Count > Kept)
            {
                best.Remove(best.MaxBy(g => g.LogDeterminant)!);
            }
        }

        foreach (var gaussian in best)
        {
            var last = double.PositiveInfinity;
            for (var step = 0; step < MaxSteps && (step == 0 || gaussian.LogDeterminant < last - 1e-12); step++)
            {
                last = step == 0 ? double.PositiveInfinity : gaussian.LogDeterminant;
                Concentrate(gaussian, table, distances);
            }
        }

        return best.MinBy(g => g.LogDeterminant)!;
    }

    private void Concentrate(Gaussian gaussian, Table table, double[] distances)
    {
        var all = distances.AsSpan(0, table.Count);
        gaussian.SquaredDistances(table.Values, all);
        var members = new int[table.Count];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = i;
        }

        all.Sort(members.AsSpan());
        var half = (int)Math.Ceiling(options.Support * (table.Count + table.Dimension + 1));
        gaussian.Fit(table, members.AsSpan(0, Math.Min(half, table.Count)));
        gaussian.Factor(Ridge);
    }

    private Table Sample(Table table, int[] order, ref SeededRandom random)
    {
        Shuffle(order, table.Count, options.StartRows, ref random);
        var rows = new double[options.StartRows * table.Dimension];
        for (var i = 0; i < options.StartRows; i++)
        {
            table[order[i]].CopyTo(rows.AsSpan(i * table.Dimension));
        }

        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        return new Table(rows, table.Dimension);
    }

    private static void Shuffle(int[] order, int count, int take, ref SeededRandom random)
    {
        for (var i = 0; i < take; i++)
        {
            var other = i + random.Next(count - i);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
