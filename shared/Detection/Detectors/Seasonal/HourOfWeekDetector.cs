using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Seasonal;

/// <summary>Options of <see cref="HourOfWeekDetector"/>.</summary>
public sealed record HourOfWeekOptions : DetectorOptions
{
    /// <summary>Slots a week, 7 (days) to 2,016 (five minutes); default 168 (hours).</summary>
    [Range(7, 2_016)]
    public int Slots { get; init; } = 168;

    /// <summary>Least weight of a new value in its slot, 0.001 to 1; default 0.02.</summary>
    [Range(0.001, 1)]
    public double Rate { get; init; } = 0.02;

    /// <summary>Visits of a slot before it judges, 2 to 1,000; default 4.</summary>
    [Range(2, 1_000)]
    public int WarmUp { get; init; } = 4;

    /// <summary>Mean absolute deviations that score 0.5, 0.1 to 100; default 6.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 6;
}

/// <summary>Distance from the usual value at this time of the week (UTC), in the mean of the slot's and the series' mean absolute deviation.</summary>
/// <remarks>A value beyond <c>Width</c> teaches only as much as one of that size. A slot that was seen too rarely is judged by the whole series.</remarks>
public sealed class HourOfWeekDetector(HourOfWeekOptions options, SeriesContext context)
    : ChannelDetector(() => new WeekChannel(options), context, options.Width), IDetector<HourOfWeekDetector, HourOfWeekOptions>
{
    public static string Name => "hour-of-week";

    public static string Summary => "Distance from the usual value at this hour of the week.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.UsesTime | DetectorTraits.Additive;

    public static HourOfWeekDetector Create(HourOfWeekOptions options, SeriesContext context) => new(options, context);

    private sealed class WeekChannel(HourOfWeekOptions options) : Channel
    {
        private const long WeekMs = 7L * 24 * 3600 * 1000;
        private readonly double[] _mean = new double[options.Slots];
        private readonly double[] _deviation = new double[options.Slots];
        private readonly int[] _visits = new int[options.Slots];
        private Exponential _series = new(options.Rate / 20);
        private double _overall;
        private long _learned;
        private bool _isWarm;

        /// <summary>Slot of the value that was judged or learned last: no state, for a value is judged before anybody asks what was expected.</summary>
        private int _slot;

        public override bool IsWarm => _isWarm;

        public override double Statistic(double value, long timeMs)
        {
            _slot = SlotOf(timeMs);
            var (usual, scale) = Usual(_slot);
            return Math.Abs(value - usual) / scale;
        }

        public override bool TryExpect(out Expectation expectation)
        {
            var (usual, scale) = Usual(_slot);
            expectation = Expectation.Around(usual, scale, options.Width);
            return true;
        }

        public override void Learn(double value, long timeMs)
        {
            _series.Add(value);
            var slot = _slot = SlotOf(timeMs);
            var visits = _visits[slot];
            _visits[slot] = visits == int.MaxValue ? visits : visits + 1;
            if (visits == 0)
            {
                _mean[slot] = value;
                return;
            }

            var bound = visits + 1 >= options.WarmUp ? options.Width * ScaleOf(slot) : double.MaxValue;
            var innovation = Math.Clamp(value - _mean[slot], -bound, bound);
            var rate = Math.Max(options.Rate, 1.0 / (visits + 1));
            _mean[slot] += rate * innovation;
            _deviation[slot] += Math.Max(options.Rate, 1.0 / visits) * (Math.Abs(innovation) - _deviation[slot]);
            _learned++;
            _overall += Math.Max(options.Rate / 5, 1.0 / _learned) * (Math.Abs(innovation) - _overall);
            _isWarm |= _visits[slot] >= options.WarmUp;
        }

        public override void Save(StateWriter writer)
        {
            writer.WriteArray<double>(_mean);
            writer.WriteArray<double>(_deviation);
            writer.WriteArray<int>(_visits);
            _series.Save(writer);
            writer.Write(_overall);
            writer.Write(_learned);
            writer.Write(_isWarm);
        }

        public override void Load(ref StateReader reader)
        {
            reader.ReadArray(_mean.AsSpan());
            reader.ReadArray(_deviation.AsSpan());
            reader.ReadArray(_visits.AsSpan());
            _series.Load(ref reader);
            _overall = reader.ReadDouble();
            _learned = reader.ReadInt64();
            _isWarm = reader.ReadBool();
            if (_learned < 0 || Array.Exists(_visits, v => v < 0))
            {
                throw new StateFormatException("a slot cannot have been visited a negative number of times");
            }
        }

        private (double Value, double Scale) Usual(int slot) => _visits[slot] >= options.WarmUp
            ? (_mean[slot], ScaleOf(slot))
            : (_series.Mean, Spread.Of(_series.Deviation, _series.Mean));

        private double ScaleOf(int slot) => Spread.Of((0.5 * _deviation[slot]) + (0.5 * _overall), _mean[slot]);

        private int SlotOf(long timeMs) => (int)((((timeMs % WeekMs) + WeekMs) % WeekMs) * options.Slots / WeekMs);
    }
}
