using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Options of <see cref="MovingAverageDetector"/>.</summary>
public sealed record MovingAverageOptions : DetectorOptions
{
    /// <summary>Values averaged to the forecast, 1 to 10,000; default 12.</summary>
    [Range(1, 10_000)]
    public int Window { get; init; } = 12;

    /// <summary>Forecast errors that the scale is taken from, 8 to 100,000; default 120.</summary>
    [Range(8, 100_000)]
    public int Errors { get; init; } = 120;

    /// <summary>Standard deviations of the forecast error that score 0.5, 0.1 to 100; default 3.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 3;
}

/// <summary>Error of the moving average as a forecast, in root mean squares of its own past errors.</summary>
public sealed class MovingAverageDetector(MovingAverageOptions options, SeriesContext context)
    : ChannelDetector(() => new ForecastChannel(options), context, options.Width), IDetector<MovingAverageDetector, MovingAverageOptions>
{
    public static string Name => "moving-average";

    public static string Summary => "Error of the moving average as a forecast in units of its past errors.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public static MovingAverageDetector Create(MovingAverageOptions options, SeriesContext context) => new(options, context);

    private sealed class ForecastChannel(MovingAverageOptions options) : Channel
    {
        private readonly SlidingWindow _values = new(options.Window);
        private readonly SlidingWindow _errors = new(options.Errors);

        public override bool IsWarm => _values.IsFull && _errors.Count >= Math.Min(30, options.Errors);

        public override double Statistic(double value, long timeMs) => Math.Abs(value - _values.Mean) / Scale();

        public override void Learn(double value, long timeMs)
        {
            if (_values.IsFull)
            {
                _errors.Add(value - _values.Mean);
            }

            _values.Add(value);
        }

        public override bool TryExpect(out Expectation expectation)
        {
            expectation = Expectation.Around(_values.Mean, Scale(), options.Width);
            return true;
        }

        public override void Save(StateWriter writer)
        {
            _values.Save(writer);
            _errors.Save(writer);
        }

        public override void Load(ref StateReader reader)
        {
            _values.Load(ref reader);
            _errors.Load(ref reader);
        }

        private double Scale() => Spread.Of(Math.Sqrt(_errors.Variance + (_errors.Mean * _errors.Mean)), _values.Mean);
    }
}
