using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="OneClassSvmBatch"/>.</summary>
public sealed record OneClassSvmBatchOptions : DetectorOptions
{
    /// <summary>Upper bound on the share of fitted rows outside, lower bound on that of support vectors, 0.001 to 1; default 0.5.</summary>
    [Range(0.001, 1)]
    public double Nu { get; init; } = 0.5;

    /// <summary>Gamma of the kernel exp(-gamma d²), 0 or more; 0 (default) takes 1 / (dimension x variance of all values).</summary>
    [Range(0, double.MaxValue)]
    public double Gamma { get; init; }

    /// <summary>Largest violation of the optimality conditions that ends fitting, 1e-9 to 0.1; default 1e-3.</summary>
    [Range(1e-9, 0.1)]
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Rows fitted at most, a random sample of larger tables, 100 to 100,000; default 3,000.</summary>
    [Range(100, 100_000)]
    public int MaxRows { get; init; } = 3_000;
}

/// <summary>One-class support vector machine (Schölkopf et al. 2001) with a Gaussian kernel, solved by SMO with second-order working sets (Fan, Chen, Lin 2005).</summary>
public sealed class OneClassSvmBatch(OneClassSvmBatchOptions options, ulong seed) : IBatchDetector<OneClassSvmBatch, OneClassSvmBatchOptions>
{
    private const double Tiny = 1e-12;
    private Table? _table;
    private double[] _alpha = [];
    private double _gamma;
    private double _rho;

    public static string Name => "one-class-svm";

    public static string Summary => "Signed distance from the boundary that holds most rows, in the space of a Gaussian kernel.";

    public static OneClassSvmBatch Create(OneClassSvmBatchOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        var (table, _) = new Table(rows, dimension).Sample(options.MaxRows, seed);
        _gamma = options.Gamma > 0 ? options.Gamma : ScaledGamma(rows, dimension);
        var solver = new OneClassSolver(table, _gamma, options.Nu, options.Tolerance);
        solver.Solve();
        int[] vectors = [.. Enumerable.Range(0, table.Count).Where(i => solver.Alpha[i] > Tiny)];
        var support = new double[vectors.Length * dimension];
        for (var i = 0; i < vectors.Length; i++)
        {
            table[vectors[i]].CopyTo(support.AsSpan(i * dimension));
        }

        _alpha = [.. vectors.Select(i => solver.Alpha[i])];
        _rho = solver.Rho;
        _table = new Table(support, dimension);
    }

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        var table = Fitted.Of(_table);
        for (var i = 0; i < scores.Length; i++)
        {
            var row = rows.Slice(i * table.Dimension, table.Dimension);
            var sum = 0.0;
            for (var k = 0; k < _alpha.Length; k++)
            {
                sum += _alpha[k] * Math.Exp(-_gamma * Distance.Squared(row, table[k]));
            }

            scores[i] = _rho - sum;
        }
    }

    private static double ScaledGamma(ReadOnlySpan<double> values, int dimension)
    {
        var (mean, variance) = (0.0, 0.0);
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        foreach (var value in values)
        {
            variance += (value - mean) * (value - mean) / values.Length;
        }

        return variance > 0 && double.IsFinite(variance) ? Math.Min(1 / (dimension * variance), 1e300) : 1;
    }
}
