using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Options of <see cref="AutoregressionDetector"/>.</summary>
public sealed record AutoregressionOptions : DetectorOptions
{
    /// <summary>Past values in the forecast, 1 to 64; default 10.</summary>
    [Range(1, 64)]
    public int Order { get; init; } = 10;

    /// <summary>Weight kept per step by the past, 0.9 to 1; default 0.999.</summary>
    [Range(0.9, 1)]
    public double Forgetting { get; init; } = 0.999;

    /// <summary>Values before the first score, 20 to 1,000,000; default 100.</summary>
    [Range(20, 1_000_000)]
    public int WarmUp { get; init; } = 100;

    /// <summary>Deviations of the forecast error that score 0.5, 0.1 to 100; default 4.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 4;
}

/// <summary>Error of an autoregression with intercept fitted by recursive least squares (Plackett 1950) with forgetting, in deviations of its past errors.</summary>
/// <remarks>Values are taken in units of a running mean and deviation; an error beyond <c>Width</c> deviations teaches only as much as one of that size. O(order²) a value.</remarks>
public sealed class AutoregressionDetector(AutoregressionOptions options, SeriesContext context)
    : ChannelDetector(() => new AutoregressionChannel(options), context, options.Width), IDetector<AutoregressionDetector, AutoregressionOptions>
{
    public static string Name => "autoregression";

    public static string Summary => "Forecast error of an autoregression fitted by recursive least squares.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public static AutoregressionDetector Create(AutoregressionOptions options, SeriesContext context) => new(options, context);

    private sealed class AutoregressionChannel(AutoregressionOptions options) : Channel
    {
        private readonly SlidingWindow _past = new(options.Order);
        private readonly RecursiveLeastSquares _model = new(options.Order + 1, options.Forgetting);
        private readonly double[] _inputs = new double[options.Order + 1];
        private Exponential _level = new(0.001);
        private Exponential _error = new(0.005);

        public override bool IsWarm => _level.Count >= Math.Max(options.WarmUp, 2 * options.Order) && _error.Count >= 10;

        public override double Statistic(double value, long timeMs) => Math.Abs(value - Forecast()) / (Unit() * ErrorScale());

        public override void Learn(double value, long timeMs)
        {
            if (_past.IsFull && _level.Count > options.Order)
            {
                Fill();
                var target = (value - _level.Mean) / Unit();
                var error = target - _model.Predict(_inputs);
                var bound = _error.Count >= 10 ? options.Width * ErrorScale() : double.MaxValue;
                var clipped = Math.Clamp(error, -bound, bound);
                _model.Update(_inputs, clipped);
                _error.Add(clipped);
            }

            _past.Add(value);
            _level.Add(value);
        }

        public override bool TryExpect(out Expectation expectation)
        {
            expectation = Expectation.Around(Forecast(), Unit() * ErrorScale(), options.Width);
            return true;
        }

        public override void Save(StateWriter writer)
        {
            _past.Save(writer);
            _level.Save(writer);
            _error.Save(writer);
            _model.Save(writer);
        }

        public override void Load(ref StateReader reader)
        {
            _past.Load(ref reader);
            _level.Load(ref reader);
            _error.Load(ref reader);
            _model.Load(ref reader);
        }

        private double Unit() => Spread.Of(_level.Deviation, _level.Mean);

        private double ErrorScale() => Math.Max(Math.Sqrt(_error.Variance + (_error.Mean * _error.Mean)), 1e-6);

        private double Forecast()
        {
            if (!_past.IsFull)
            {
                return _level.Mean;
            }

            Fill();
            return _level.Mean + (Unit() * _model.Predict(_inputs));
        }

        private void Fill()
        {
            var unit = Unit();
            for (var age = 0; age < options.Order; age++)
            {
                _inputs[age] = (_past[age] - _level.Mean) / unit;
            }

            _inputs[options.Order] = 1;
        }
    }
}
