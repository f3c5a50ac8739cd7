using System.ComponentModel.DataAnnotations;
using MathNet.Numerics.LinearAlgebra;
using Tidewatch.Detection.Explanations;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="PcaBatch"/>.</summary>
public sealed record PcaBatchOptions : DetectorOptions
{
    /// <summary>Share of the variance that the kept components explain, 0.1 to 1; default 0.9. At 1 the score is the Mahalanobis distance.</summary>
    [Range(0.1, 1)]
    public double Variance { get; init; } = 0.9;
}

/// <summary>Hotelling's T2 in the kept principal components of the standardised rows plus Q, the squared distance from their plane in units of its mean (Jackson, Mudholkar 1979).</summary>
public sealed class PcaBatch(PcaBatchOptions options) : IBatchDetector<PcaBatch, PcaBatchOptions>, IAdditiveBatch
{
    private double[]? _mean;
    private double[] _scale = [];
    private double[] _components = [];
    private double[] _eigenvalues = [];
    private double _residual;

    public static string Name => "pca";

    public static string Summary => "Hotelling's T2 within the principal components plus Q, the distance from their plane.";

    public static PcaBatch Create(PcaBatchOptions options, ulong seed) => new(options);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        var table = new Table(rows, dimension);
        var gaussian = new Gaussian(dimension);
        gaussian.Fit(table, []);
        _scale = [.. gaussian.Variances.Select(v => v > 0 && double.IsFinite(v) ? Math.Sqrt(v) : 1)];
        var correlation = Matrix<double>.Build.Dense(dimension, dimension, (i, j) => Finite(gaussian.Covariance[(i * dimension) + j] / _scale[i] / _scale[j]));
        var eigen = correlation.Evd(Symmetricity.Symmetric);
        int[] order = [.. Enumerable.Range(0, dimension).OrderByDescending(i => eigen.EigenValues[i].Real)];
        double[] values = [.. order.Select(i => Math.Max(0, eigen.EigenValues[i].Real))];
        var total = values.Sum();
        var kept = 0;
        for (var explained = 0.0; kept < dimension && values[kept] > 1e-12 * total && explained < (options.Variance * total) - (1e-12 * total); kept++)
        {
            explained += values[kept];
        }

        _eigenvalues = values[..kept];
        _residual = values.Skip(kept).Sum();
        _components = [.. order.Take(kept).SelectMany(k => eigen.EigenVectors.Column(k))];
        _mean = gaussian.Mean;
    }

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        var dimension = Fitted.Of(_mean).Length;
        var centered = new double[dimension];
        for (var i = 0; i < scores.Length; i++)
        {
            var (t2, rest) = (0.0, 0.0);
            for (var j = 0; j < dimension; j++)
            {
                centered[j] = (rows[(i * dimension) + j] - _mean[j]) / _scale[j];
                rest += centered[j] * centered[j];
            }

            for (var k = 0; k < _eigenvalues.Length; k++)
            {
                var projection = Dot(centered, _components.AsSpan(k * dimension, dimension));
                t2 += projection * projection / _eigenvalues[k];
                rest -= projection * projection;
            }

            var outside = Math.Max(0, rest) / OutsideUnit(dimension);
            scores[i] = Math.Min(t2 + outside, double.MaxValue);
        }
    }

    /// <summary>T2 + Q is a quadratic form: each value adds its own deviation times the form's product with all of them.</summary>
    public double Contribute(ReadOnlySpan<double> row, Span<double> contributions)
    {
        var dimension = Fitted.Of(_mean).Length;
        var (centered, inPlane) = (new double[dimension], new double[dimension]);
        for (var j = 0; j < dimension; j++)
        {
            centered[j] = (row[j] - _mean[j]) / _scale[j];
        }

        contributions.Clear();
        for (var k = 0; k < _eigenvalues.Length; k++)
        {
            var component = _components.AsSpan(k * dimension, dimension);
            var projection = Dot(centered, component);
            for (var j = 0; j < dimension; j++)
            {
                inPlane[j] += projection * component[j];
                contributions[j] += projection * component[j] / _eigenvalues[k];
            }
        }

        for (var j = 0; j < dimension; j++)
        {
            contributions[j] = centered[j] * (contributions[j] + ((centered[j] - inPlane[j]) / OutsideUnit(dimension)));
        }

        return 0;
    }

    private double OutsideUnit(int dimension) => _residual > 1e-12 * dimension ? _residual : dimension;

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
