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

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree;

    public static EwmaChartDetector Create(EwmaChartOptions options, SeriesContext context) => new(options, context);

    private sealed class EwmaChartChannel(EwmaChartOptions options) : Channel
    {
        private ChartBaseline _baseline = new(options.Baseline, options.Adapt);
        private double _deviation;
        private double _remaining = 1;

        public override bool IsWarm => _baseline.IsReady;

        public override double Statistic(double value, long timeMs)
        {
            var deviation = (options.Lambda * (value - _baseline.Center)) + ((1 - options.Lambda) * _deviation);
            var remaining = _remaining * (1 - options.Lambda) * (1 - options.Lambda);
            return Math.Abs(deviation) / (_baseline.Sigma * Math.Sqrt(options.Lambda / (2 - options.Lambda) * (1 - remaining)));
        }

        public override void Learn(double value, long timeMs)
        {
            if (IsWarm)
            {
                _deviation = (options.Lambda * (value - _baseline.Center)) + ((1 - options.Lambda) * _deviation);
                _remaining *= (1 - options.Lambda) * (1 - options.Lambda);
            }

            _baseline.Add(value);
        }

        public override void Save(StateWriter writer)
        {
            _baseline.Save(writer);
            writer.Write(_deviation);
            writer.Write(_remaining);
        }

        public override void Load(ref StateReader reader)
        {
            _baseline.Load(ref reader);
            _deviation = reader.ReadDouble();
            _remaining = reader.ReadDouble();
        }
    }
}
