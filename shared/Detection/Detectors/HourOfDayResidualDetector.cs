using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors;

/// <summary>Options of <see cref="HourOfDayResidualDetector"/>.</summary>
public sealed record HourOfDayResidualOptions : DetectorOptions
{
    /// <summary>Least weight of a new value in its hour's mean and deviation, 0.0001 to 1; default 0.02: an hour remembers about 50 of its values.</summary>
    [Range(0.0001, 1)]
    public double Rate { get; init; } = 0.02;

    /// <summary>Scales by which one value may move its hour's mean and deviation at most, 1 to 1,000; default 1,000: practically not limited.</summary>
    [Range(1, 1_000)]
    public double Clip { get; init; } = 1_000;

    /// <summary>Scales that score 0.5 and bound the expected range, 0.1 to 100; default 5 mean absolute deviations, 4 standard deviations of a Gaussian.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 5;
}

/// <summary>Distance from the running mean of the hour of the day (UTC), in units of the mean absolute deviation: half of that hour's, half of the whole day's.</summary>
/// <remarks>O(1) a value. An hour that was seen fewer than three times scores 0. Warm when a day has passed.</remarks>
public sealed class HourOfDayResidualDetector(HourOfDayResidualOptions options) : StreamDetector, IDetector<HourOfDayResidualDetector, HourOfDayResidualOptions>
{
    private const int Hours = 24;
    private const int Visits = 3;
    private const long HourMs = 3_600_000;
    private const double GlobalRate = 0.001;
    private const double RelativeFloor = 1e-9;
    private readonly double[] _means = new double[Hours];
    private readonly double[] _deviations = new double[Hours];
    private readonly int[] _visits = new int[Hours];
    private double _deviation;
    private long _updates;
    private long _firstMs = long.MaxValue;
    private long _lastMs = long.MinValue;

    public static string Name => "hour-of-day-residual";

    public static string Summary => "Distance from the running mean of the hour of the day in mean absolute deviations.";

    public static DetectorTraits Traits => DetectorTraits.Univariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.UsesTime;

    public override bool IsWarm => _updates >= Visits && _lastMs - _firstMs >= Hours * HourMs;

    protected override double Half => options.Width;

    public static HourOfDayResidualDetector Create(HourOfDayResidualOptions options, SeriesContext context) => new(options);

    public override void Learn(in Sample sample)
    {
        var (value, hour) = (Bounded.Of(sample.Value), HourOf(sample.TimeMs));
        (_firstMs, _lastMs) = (Math.Min(_firstMs, sample.TimeMs), Math.Max(_lastMs, sample.TimeMs));
        var visits = _visits[hour];
        if (visits == 0)
        {
            _means[hour] = value;
        }
        else
        {
            var most = visits < Visits - 1 ? double.MaxValue : options.Clip * Scale(hour);
            var error = Math.Clamp(value - _means[hour], -most, most);
            var rate = Math.Max(options.Rate, 1.0 / (visits + 1));
            _means[hour] += rate * error;
            _deviations[hour] += rate * (Math.Abs(error) - _deviations[hour]);
            _deviation += Math.Max(GlobalRate, 1.0 / ++_updates) * (Math.Abs(error) - _deviation);
        }

        _visits[hour] = Math.Min(visits + 1, int.MaxValue - 1);
    }

    public override bool TryExpect(int feature, out Expectation expectation)
    {
        var hour = HourOf(_lastMs);
        var known = IsWarm && _visits[hour] >= Visits;
        expectation = known ? Expectation.Around(_means[hour], Scale(hour), options.Width) : default;
        return known;
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.WriteArray<double>(_means);
        writer.WriteArray<double>(_deviations);
        writer.WriteArray<int>(_visits);
        writer.Write(_deviation);
        writer.Write(_updates);
        writer.Write(_firstMs);
        writer.Write(_lastMs);
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        reader.ReadArray(_means.AsSpan());
        reader.ReadArray(_deviations.AsSpan());
        reader.ReadArray(_visits.AsSpan());
        _deviation = reader.ReadDouble();
        _updates = reader.ReadInt64();
        _firstMs = reader.ReadInt64();
        _lastMs = reader.ReadInt64();
    }

    protected override double Statistic(in Sample sample)
    {
        var hour = HourOf(sample.TimeMs);
        return _visits[hour] < Visits ? 0 : Math.Abs(Bounded.Of(sample.Value) - _means[hour]) / Scale(hour);
    }

    private static int HourOf(long timeMs) => (int)(((timeMs / HourMs % Hours) + Hours) % Hours);

    private double Scale(int hour) => Math.Max((_deviations[hour] + _deviation) / 2, Math.Max(RelativeFloor * Math.Abs(_means[hour]), double.Epsilon * 1e9));
}
