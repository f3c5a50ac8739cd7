using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Charts;

/// <summary>Options of <see cref="EwmaChartDetector"/>; defaults of Lucas, Saccucci 1990 for one false alarm in 500.</summary>
public sealed record EwmaChartOptions : ChartOptions
{
    /// <summary>Weight lambda of the newest value, 0.01 to 1; default 0.2.</summary>
    [Range(0.01, 1)]
    public double Lambda { get; init; } = 0.2;

    /// <summary>Limit L in the average's own sigmas that scores 0.5, 0.1 to 100; default 2.962.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 2.962;
}

/// <summary>EWMA control chart (Roberts 1959): |z - centre| in sigma sqrt(lambda / (2 - lambda) (1 - (1 - lambda)^2t)).</summary>
public sealed class EwmaChartDetector(EwmaChartOptions options, SeriesContext context)
    : ChannelDetector(() => new EwmaChartChannel(options), context, options.Width), IDetector<EwmaChartDetector, EwmaChartOptions>
{
    public static string Name => "ewma-chart";

    public static string Summary => "Control chart of the exponentially weighted mean.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public static EwmaChartDetector Create(EwmaChartOptions options, SeriesContext context) => new(options, context);

    private sealed class EwmaChartChannel(EwmaChartOptions options) : ChartChannel(options)
    {
        private double _deviation;
        private double _remaining = 1;

        public override double Statistic(double value, long timeMs) => Math.Abs(Next(value)) / NextSigma();

        /// <summary>The values that keep the mean within its limits.</summary>
        public override bool TryExpect(out Expectation expectation)
        {
            var center = Baseline.Center - ((1 - options.Lambda) / options.Lambda * _deviation);
            expectation = Expectation.Around(center, NextSigma() / options.Lambda, options.Width);
            return true;
        }

        protected override void Follow(double value)
        {
            _deviation = Next(value);
            _remaining *= (1 - options.Lambda) * (1 - options.Lambda);
        }

        protected override void SaveChart(StateWriter writer)
        {
            writer.Write(_deviation);
            writer.Write(_remaining);
        }

        protected override void LoadChart(ref StateReader reader)
        {
            _deviation = reader.ReadDouble();
            _remaining = reader.ReadDouble();
        }

        /// <summary>Standard deviation of the mean after one more value.</summary>
        private double NextSigma()
        {
            var remaining = _remaining * (1 - options.Lambda) * (1 - options.Lambda);
            return Baseline.Sigma * Math.Sqrt(options.Lambda / (2 - options.Lambda) * (1 - remaining));
        }

        private double Next(double value) => (options.Lambda * (value - Baseline.Center)) + ((1 - options.Lambda) * _deviation);
    }
}
