using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Seasonal;

/// <summary>Options of <see cref="StlDetector"/>.</summary>
public sealed record StlOptions : DetectorOptions
{
    /// <summary>Values of one season, 2 to 5,000; 0 (default) finds it by autocorrelation of the first <see cref="Window"/> values.</summary>
    [Range(0, 5_000)]
    public int Period { get; init; }

    /// <summary>Values that are decomposed, 60 to 20,000; default 600. Three periods at least make sense.</summary>
    [Range(60, 20_000)]
    public int Window { get; init; } = 600;

    /// <summary>Values between two decompositions, 1 to 20,000; default 120.</summary>
    [Range(1, 20_000)]
    public int RefitEvery { get; init; } = 120;

    /// <summary>Give outliers of the window less weight; default false. Six times the time.</summary>
    public bool Robust { get; init; }

    /// <summary>Deviations of the forecast error that score 0.5, 0.1 to 100; default 5.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 5;
}

/// <summary>Distance from the last trend plus the last season of an STL decomposition (Cleveland et al. 1990) of the window, in root mean squares of its past errors.</summary>
/// <remarks>Decomposes at fixed counts: O(window x period) there, O(1) otherwise. A series without a period is decomposed with a period of 2.</remarks>
public sealed class StlDetector(StlOptions options, SeriesContext context)
    : ChannelDetector(() => new StlChannel(options), context, options.Width), IDetector<StlDetector, StlOptions>
{
    public static string Name => "stl";

    public static string Summary => "Remainder of a seasonal-trend decomposition of the window by loess.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.Expects | DetectorTraits.Additive;

    public static StlDetector Create(StlOptions options, SeriesContext context) => new(options, context);

    private sealed class StlChannel(StlOptions options) : Channel
    {
        private const int LeastErrors = 30;
        private readonly SlidingWindow _window = new(options.Window);
        private double[] _season = [];
        private double _trend;
        private Exponential _error = new(0.01);
        private int _since;

        public override bool IsWarm => _season.Length > 0 && _error.Count >= LeastErrors;

        public override double Statistic(double value, long timeMs) => Math.Abs(value - Forecast()) / Scale();

        public override void Learn(double value, long timeMs)
        {
            if (_season.Length > 0)
            {
                var bound = IsWarm ? options.Width * Scale() : double.MaxValue;
                _error.Add(Math.Clamp(value - Forecast(), -bound, bound));
            }

            _window.Add(value);
            _since++;
            if (_window.IsFull && (_season.Length == 0 || _since >= options.RefitEvery))
            {
                Refit();
            }
        }

        public override bool TryExpect(out Expectation expectation)
        {
            expectation = Expectation.Around(Forecast(), Scale(), options.Width);
            return true;
        }

        public override void Save(StateWriter writer)
        {
            _window.Save(writer);
            writer.WriteArray<double>(_season);
            writer.Write(_trend);
            _error.Save(writer);
            writer.Write(_since);
        }

        public override void Load(ref StateReader reader)
        {
            _window.Load(ref reader);
            _season = reader.ReadArray<double>(options.Window);
            _trend = reader.ReadDouble();
            _error.Load(ref reader);
            _since = reader.ReadInt32(0, int.MaxValue - 1);
            if (_season.Length == 1 || (_season.Length > 0 && !_window.IsFull))
            {
                throw new StateFormatException($"a season of {_season.Length} values cannot be");
            }
        }

        private double Forecast() => _trend + _season[_since % _season.Length];

        private double Scale() => Spread.Of(Math.Sqrt(_error.Variance + (_error.Mean * _error.Mean)), _trend);

        private void Refit()
        {
            var values = new double[options.Window];
            _window.CopyTo(values);
            var period = _season.Length > 0 ? _season.Length : options.Period;
            period = Math.Clamp(period > 0 ? period : Autocorrelation.FindPeriod(values), 2, options.Window / 2);
            var decomposition = new SeasonalTrend(period, options.Robust);
            decomposition.Fit(values);
            _season = decomposition.Seasonal[^period..];
            _trend = decomposition.Trend[^1];
            _since = 0;
        }
    }
}
