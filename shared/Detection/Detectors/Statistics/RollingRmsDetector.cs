using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Options of <see cref="RollingRmsDetector"/>.</summary>
public sealed record RollingRmsOptions : DetectorOptions
{
    /// <summary>Values whose z-scores are averaged, about one period, 1 to 10,000; default 24.</summary>
    [Range(1, 10_000)]
    public int Window { get; init; } = 24;

    /// <summary>Values before the first score, 10 to 1,000,000; default 100.</summary>
    [Range(10, 1_000_000)]
    public int WarmUp { get; init; } = 100;

    /// <summary>Least weight of a new value in the running mean and variance, 0 to 0.1; 0 keeps all history; default 0.0005.</summary>
    [Range(0, 0.1)]
    public double Rate { get; init; } = 0.0005;

    /// <summary>Root mean square that scores 0.5, 0.1 to 100; default 2.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 2;
}

/// <summary>Root mean square of the last z-scores: level shifts and changes of variance that last a period.</summary>
public sealed class RollingRmsDetector(RollingRmsOptions options, SeriesContext context)
    : ChannelDetector(() => new RmsChannel(options), context, options.Width), IDetector<RollingRmsDetector, RollingRmsOptions>
{
    public static string Name => "rolling-rms";

    public static string Summary => "Root mean square of the last z-scores: shifts and changes of variance.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Additive;

    public static RollingRmsDetector Create(RollingRmsOptions options, SeriesContext context) => new(options, context);

    private sealed class RmsChannel(RollingRmsOptions options) : Channel
    {
        private const double Cap = 1e6;
        private readonly SlidingWindow _squares = new(options.Window);
        private Exponential _average = new(options.Rate);

        public override bool IsWarm => _squares.IsFull && _average.Count >= options.WarmUp;

        public override double Statistic(double value, long timeMs)
        {
            var oldest = _squares[options.Window - 1];
            return Math.Sqrt(Math.Max(0, _squares.Mean + ((Square(value) - oldest) / options.Window)));
        }

        public override void Learn(double value, long timeMs)
        {
            if (_average.Count >= 2)
            {
                _squares.Add(Math.Min(Square(value), Cap));
            }

            _average.Add(value);
        }

        public override void Save(StateWriter writer)
        {
            _average.Save(writer);
            _squares.Save(writer);
        }

        public override void Load(ref StateReader reader)
        {
            _average.Load(ref reader);
            _squares.Load(ref reader);
        }

        private double Square(double value)
        {
            var z = (value - _average.Mean) / Spread.Of(_average.Deviation, _average.Mean);
            return z * z;
        }
    }
}
