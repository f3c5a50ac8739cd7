using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Graphs;

/// <summary>Exponentially weighted means, deviations and correlations of features, begun as plain averages: the weights of a series graph.</summary>
/// <remarks>A value beyond 8 deviations teaches only as much as one of that size. O(features²) a sample.</remarks>
internal sealed class RunningCorrelation(int dimension, double rate)
{
    private const double Clip = 8;
    private const int Few = 30;
    private readonly double[] _mean = new double[dimension];
    private readonly double[] _covariance = new double[dimension * dimension];
    private readonly double[] _step = new double[dimension];

    public long Count { get; private set; }

    public void Add(ReadOnlySpan<double> values)
    {
        Count++;
        var weight = Math.Max(rate, 1.0 / Count);
        for (var i = 0; i < dimension; i++)
        {
            var bound = Count > Few && Deviation(i) > 0 ? Clip * Deviation(i) : double.MaxValue;
            _step[i] = Math.Clamp(values[i] - _mean[i], -bound, bound);
            _mean[i] += weight * _step[i];
        }

        for (var i = 0; i < dimension; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                ref var covariance = ref _covariance[(i * dimension) + j];
                covariance = (1 - weight) * (covariance + (weight * _step[i] * _step[j]));
            }
        }
    }

    public double Mean(int feature) => _mean[feature];

    public double Deviation(int feature) => Math.Sqrt(Math.Max(0, _covariance[(feature * dimension) + feature]));

    /// <summary>Correlation of two features, -1 to 1; 0 when one of them does not move.</summary>
    public double Correlation(int a, int b)
    {
        var unit = Deviation(a) * Deviation(b);
        return unit > 0 ? Math.Clamp(_covariance[(Math.Max(a, b) * dimension) + Math.Min(a, b)] / unit, -1, 1) : 0;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Count);
        writer.WriteArray<double>(_mean);
        writer.WriteArray<double>(_covariance);
    }

    public void Load(ref StateReader reader)
    {
        Count = reader.ReadInt64();
        reader.ReadArray(_mean.AsSpan());
        reader.ReadArray(_covariance.AsSpan());
        if (Count < 0 || !Array.TrueForAll(_mean, double.IsFinite) || !Array.TrueForAll(_covariance, double.IsFinite))
        {
            throw new StateFormatException($"correlations of {Count} samples cannot be");
        }
    }
}
