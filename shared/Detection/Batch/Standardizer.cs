namespace Tidewatch.Detection.Batch;

/// <summary>Takes each column to mean 0 and variance 1; a column without variance becomes 0.</summary>
internal sealed class Standardizer
{
    private readonly double[] _mean;
    private readonly double[] _scale;

    public Standardizer(Table table)
    {
        var gaussian = new Gaussian(table.Dimension);
        gaussian.FitMoments(table);
        _mean = gaussian.Mean;
        _scale = [.. gaussian.Variances.Select(v => v > 0 && double.IsFinite(v) ? 1 / Math.Sqrt(v) : 0)];
    }

    public double[] Apply(ReadOnlySpan<double> rows)
    {
        var result = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var column = i % _mean.Length;
            result[i] = (rows[i] - _mean[column]) * _scale[column];
        }

        return result;
    }
}
