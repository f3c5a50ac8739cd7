using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Seasonal;

/// <summary>Options of <see cref="HoltWintersDetector"/>.</summary>
public sealed record HoltWintersOptions : DetectorOptions
{
    /// <summary>Values of one season, 2 to 10,000; 0 (default) finds it by autocorrelation of the first <see cref="Search"/> values.</summary>
    [Range(0, 10_000)]
    public int Period { get; init; }

    /// <summary>Values the period is searched in, 60 to 30,000; default 600. A series without a period is smoothed without a season.</summary>
    [Range(60, 30_000)]
    public int Search { get; init; } = 600;

    /// <summary>Whether the season multiplies the level instead of adding to it; default false. For values above 0.</summary>
    public bool Multiplicative { get; init; }

    /// <summary>Weight of the newest value in the level, 0 to 1; default 0.1.</summary>
    [Range(0, 1)]
    public double Alpha { get; init; } = 0.1;

    /// <summary>Weight of the newest change in the trend, 0 to 1; default 0.005.</summary>
    [Range(0, 1)]
    public double Beta { get; init; } = 0.005;

    /// <summary>Weight of the newest value in its season, 0 to 1; default 0.1.</summary>
    [Range(0, 1)]
    public double Gamma { get; init; } = 0.1;

    /// <summary>Deviations of the forecast error that score 0.5, 0.1 to 100; default 4.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 4;
}

/// <summary>Error of the Holt-Winters forecast (Winters 1960) in deviations of its past errors; an error beyond <c>Width</c> teaches only as much as one of that size.</summary>
public sealed class HoltWintersDetector(HoltWintersOptions options, SeriesContext context)
    : ChannelDetector(() => new HoltWintersChannel(options), context, options.Width), IDetector<HoltWintersDetector, HoltWintersOptions>
{
    public static string Name => "holt-winters";

    public static string Summary => "Forecast error of level, trend and season smoothed exponentially.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public static HoltWintersDetector Create(HoltWintersOptions options, SeriesContext context) => new(options, context);

    private sealed class HoltWintersChannel : Channel
    {
        private readonly HoltWintersOptions _options;
        private readonly double[] _first;
        private int _firstCount;
        private int _period;
        private HoltWinters? _model;
        private Exponential _error = new(0.01);

        public HoltWintersChannel(HoltWintersOptions options)
        {
            _options = options;
            _first = new double[options.Period > 0 ? HoltWinters.BeginLength(options.Period) : options.Search];
        }

        public override bool IsWarm => _model is not null;

        public override double Statistic(double value, long timeMs) => Math.Abs(value - _model!.Forecast) / Scale();

        public override void Learn(double value, long timeMs)
        {
            if (_model is not null)
            {
                Follow(value);
                return;
            }

            _first[_firstCount++] = value;
            if (_firstCount == _first.Length)
            {
                Begin();
            }
        }

        public override bool TryExpect(out Expectation expectation)
        {
            expectation = Expectation.Around(_model!.Forecast, Scale(), _options.Width);
            return true;
        }

        public override void Save(StateWriter writer)
        {
            writer.Write(_period);
            _error.Save(writer);
            writer.WriteArray<double>(_first.AsSpan(0, _model is null ? _firstCount : 0));
            _model?.Save(writer);
        }

        public override void Load(ref StateReader reader)
        {
            _period = reader.ReadInt32(0, _options.Period > 0 ? _options.Period : _options.Search / 3);
            _error.Load(ref reader);
            var first = reader.ReadArray<double>(_first.Length - 1);
            first.CopyTo(_first, 0);
            _firstCount = first.Length;
            _model = _period > 0 ? Model() : null;
            _model?.Load(ref reader);
        }

        private HoltWinters Model() => new(_period, _options.Multiplicative, _options.Alpha, _options.Beta, _period > 1 ? _options.Gamma : 0);

        private void Begin()
        {
            _period = _options.Period > 0 ? _options.Period : Math.Max(1, Autocorrelation.FindPeriod(_first));
            _model = Model();
            _model.Begin(_first.AsSpan(0, Math.Min(_first.Length, HoltWinters.BeginLength(_period))));
            foreach (var value in _first)
            {
                Follow(value);
            }
        }

        private void Follow(double value)
        {
            var forecast = _model!.Forecast;
            var bound = _error.Count >= 2 * _period && _error.Count >= 30 ? _options.Width * Scale() : double.MaxValue;
            var error = Math.Clamp(value - forecast, -bound, bound);
            _model.Update(forecast + error);
            _error.Add(error);
        }

        private double Scale() => Spread.Of(Math.Sqrt(_error.Variance + (_error.Mean * _error.Mean)), _model!.Level);
    }
}
