using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Calibration;

/// <summary>SPOT (Siffer, Fouque, Termier, Largouët 2017, algorithm 1): the value that is exceeded with probability <paramref name="risk"/>, from the peaks above a high quantile.</summary>
/// <remarks>
/// The first <paramref name="warmUp"/> values set the quantile; then every peak fits the tail anew. The paper drops alarms; here a peak counts at most as twice the limit's height, so that a new normal is learned in the end and no single value spoils the tail.
/// The tail is fitted to the latest 128 peaks.
/// </remarks>
/// <param name="risk">Probability of a value beyond the limit, in (0, 0.1].</param>
/// <param name="level">Quantile above which values are peaks, 0.5 to 0.999.</param>
/// <param name="warmUp">Values before the first limit, at least 10.</param>
public sealed class PeaksOverThreshold(double risk, double level, int warmUp)
{
    private const int Capacity = 128;
    private readonly double[] _first = new double[warmUp];
    private readonly double[] _peaks = new double[Capacity];
    private int _next;
    private long _count;
    private long _peakCount;

    public bool IsWarm => _count >= warmUp;

    /// <summary>The quantile from which values are peaks.</summary>
    public double Threshold { get; private set; }

    /// <summary>The value that is exceeded with the risk, at least <see cref="Threshold"/>.</summary>
    public double Limit { get; private set; }

    private Span<double> Peaks => _peaks.AsSpan(0, (int)Math.Min(_peakCount, Capacity));

    public void Add(double value)
    {
        if (!IsWarm)
        {
            _first[_count++] = value;
            if (IsWarm)
            {
                Begin();
            }

            return;
        }

        _count++;
        if (value > Threshold)
        {
            AddPeak(Limit > Threshold ? Math.Min(value - Threshold, 2 * (Limit - Threshold)) : value - Threshold);
            Fit();
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_count);
        writer.Write(_peakCount);
        writer.Write(_next);
        writer.Write(Threshold);
        writer.Write(Limit);
        writer.WriteArray<double>(IsWarm ? Peaks : _first.AsSpan(0, (int)_count));
    }

    public void Load(ref StateReader reader)
    {
        (_count, _peakCount) = (reader.ReadInt64(), reader.ReadInt64());
        _next = reader.ReadInt32(0, Capacity - 1);
        (Threshold, Limit) = (reader.ReadDouble(), reader.ReadDouble());
        if (_count < 0 || _peakCount < 0 || _peakCount > _count || !double.IsFinite(Threshold) || !(Limit >= Threshold && Limit <= double.MaxValue))
        {
            throw new StateFormatException($"{_peakCount} peaks of {_count} values above {Threshold} cannot be");
        }

        var into = IsWarm ? Peaks : _first.AsSpan(0, (int)_count);
        reader.ReadArray(into);
        foreach (var value in into)
        {
            if (!double.IsFinite(value) || (IsWarm && value <= 0))
            {
                throw new StateFormatException($"{value} was never a peak");
            }
        }
    }

    private void Begin()
    {
        Array.Sort(_first);
        Threshold = _first[(int)(level * (warmUp - 1))];
        foreach (var value in _first)
        {
            if (value > Threshold)
            {
                AddPeak(value - Threshold);
            }
        }

        Fit();
    }

    private void AddPeak(double excess)
    {
        if (excess > 0)
        {
            _peaks[_next] = excess;
            _next = _next + 1 == Capacity ? 0 : _next + 1;
            _peakCount++;
        }
    }

    private void Fit()
    {
        if (_peakCount == 0)
        {
            Limit = Threshold;
            return;
        }

        var excess = GeneralizedPareto.Fit(Peaks).Quantile(risk * _count / _peakCount);
        Limit = double.IsFinite(excess) ? Threshold + Math.Max(0, excess) : Threshold + System.Numerics.Tensors.TensorPrimitives.Max<double>(Peaks);
    }
}
