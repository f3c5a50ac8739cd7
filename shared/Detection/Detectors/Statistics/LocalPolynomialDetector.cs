using System.ComponentModel.DataAnnotations;
using MathNet.Numerics.LinearAlgebra;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Options of <see cref="LocalPolynomialDetector"/>.</summary>
public sealed record LocalPolynomialOptions : DetectorOptions
{
    /// <summary>Degree of the polynomial, 0 to 6; default 1. Higher degrees follow curves and carry more noise into the forecast; POLY of the TSB-UAD benchmark fits 4 to both sides of a window.</summary>
    [Range(0, 6)]
    public int Degree { get; init; } = 1;

    /// <summary>Past values that it is fitted to, 8 to 1,000; default 30. At least three more than the degree.</summary>
    [Range(8, 1_000)]
    public int Window { get; init; } = 30;

    /// <summary>Weight of the newest squared error in the volatility, 0.001 to 0.5; default 0.03.</summary>
    [Range(0.001, 0.5)]
    public double Shock { get; init; } = 0.03;

    /// <summary>Weight of the long-run variance in the volatility, 0 to 0.5; default 0.02. The rest is the volatility before.</summary>
    [Range(0, 0.5)]
    public double Reversion { get; init; } = 0.02;

    /// <summary>Volatilities that score 0.5, 0.1 to 100; default 4.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 4;
}

/// <summary>POLY, causal: error of the next point of a polynomial fitted to the values before it, in units of its GARCH(1,1) volatility (Bollerslev 1986; Li et al. 2007).</summary>
/// <remarks>The extrapolation is a fixed weighted sum (Savitzky, Golay 1964): O(window) a value. An error beyond <c>Width</c> volatilities teaches only as much as one of that size.</remarks>
public sealed class LocalPolynomialDetector(LocalPolynomialOptions options, SeriesContext context)
    : ChannelDetector(() => new PolynomialChannel(options), context, options.Width), IDetector<LocalPolynomialDetector, LocalPolynomialOptions>
{
    public static string Name => "local-polynomial";

    public static string Summary => "Error of a polynomial fitted to the values before, in units of its volatility (POLY).";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public static LocalPolynomialDetector Create(LocalPolynomialOptions options, SeriesContext context) => new(options, context);

    /// <summary>Weights of the past values, newest first, whose sum is the next point of the least-squares polynomial.</summary>
    internal static double[] Extrapolation(int window, int degree)
    {
        var powers = Matrix<double>.Build.Dense(window, degree + 1, (age, power) => Math.Pow(-(age + 1.0) / window, power));
        return [.. powers.PseudoInverse().Row(0)];
    }

    private sealed class PolynomialChannel(LocalPolynomialOptions options) : Channel
    {
        private const int FewErrors = 30;
        private readonly SlidingWindow _past = new(options.Window);
        private readonly double[] _weights = Extrapolation(options.Window, Math.Min(options.Degree, options.Window - 3));
        private Exponential _error = new(0.002);
        private double _variance;

        public override bool IsWarm => _error.Count >= FewErrors;

        private double LongRun => _error.Variance + (_error.Mean * _error.Mean);

        public override double Statistic(double value, long timeMs)
        {
            var forecast = Forecast();
            return Math.Abs(value - forecast) / Scale(forecast);
        }

        public override void Learn(double value, long timeMs)
        {
            if (_past.IsFull)
            {
                var forecast = Forecast();
                var bound = IsWarm ? options.Width * Scale(forecast) : double.MaxValue;
                var error = Math.Clamp(value - forecast, -bound, bound);
                _error.Add(error);
                _variance = _error.Count < FewErrors ? LongRun : (options.Reversion * LongRun) + (options.Shock * error * error) + ((1 - options.Reversion - options.Shock) * _variance);
            }

            _past.Add(value);
        }

        public override bool TryExpect(out Expectation expectation)
        {
            var forecast = Forecast();
            expectation = Expectation.Around(forecast, Scale(forecast), options.Width);
            return true;
        }

        public override void Save(StateWriter writer)
        {
            _past.Save(writer);
            _error.Save(writer);
            writer.Write(_variance);
        }

        public override void Load(ref StateReader reader)
        {
            _past.Load(ref reader);
            _error.Load(ref reader);
            _variance = reader.ReadDouble();
        }

        private double Scale(double forecast) => Spread.Of(Math.Sqrt(Math.Max(0, _variance)), forecast);

        private double Forecast()
        {
            var sum = 0.0;
            for (var age = 0; age < _past.Count; age++)
            {
                sum += _weights[age] * _past[age];
            }

            return sum;
        }
    }
}
