using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Calibration;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Tails;

/// <summary>Options of <see cref="SpotDetector"/>; defaults of the paper but for the depth.</summary>
public sealed record SpotOptions : DetectorOptions
{
    /// <summary>Probability of an ordinary value beyond either limit, 1e-8 to 0.1; default 1e-4.</summary>
    [Range(1e-8, 0.1)]
    public double Risk { get; init; } = 1e-4;

    /// <summary>Quantile above which values are peaks, 0.5 to 0.999; default 0.98.</summary>
    [Range(0.5, 0.999)]
    public double Level { get; init; } = 0.98;

    /// <summary>Values before the first limits, 50 to 100,000; default 500.</summary>
    [Range(50, 100_000)]
    public int WarmUp { get; init; } = 500;

    /// <summary>Values whose mean is taken off first (DSPOT), 0 to 10,000; default 20; 0 judges values as they are (SPOT).</summary>
    [Range(0, 10_000)]
    public int Depth { get; init; } = 20;
}

/// <summary>Bi-SPOT and bi-DSPOT (Siffer et al. 2017): limits that an ordinary value exceeds with a given risk, from a generalised Pareto tail on either side.</summary>
/// <remarks>The statistic is the distance above the peak threshold in distances from it to the limit: 1 on the limit.</remarks>
public sealed class SpotDetector(SpotOptions options, SeriesContext context)
    : ChannelDetector(() => new SpotChannel(options), context, 1), IDetector<SpotDetector, SpotOptions>
{
    public static string Name => "spot";

    public static string Summary => "Limits of a given risk from the tails of the values' drift-free distribution (SPOT, DSPOT).";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public static SpotDetector Create(SpotOptions options, SeriesContext context) => new(options, context);

    private sealed class SpotChannel(SpotOptions options) : Channel
    {
        private readonly PeaksOverThreshold _above = new(options.Risk, options.Level, options.WarmUp);
        private readonly PeaksOverThreshold _below = new(options.Risk, options.Level, options.WarmUp);
        private readonly SlidingWindow _past = new(Math.Max(1, options.Depth));

        public override bool IsWarm => _above.IsWarm;

        private double Drift => options.Depth > 0 ? _past.Mean : 0;

        public override double Statistic(double value, long timeMs)
        {
            var residual = value - Drift;
            return Math.Max(Beyond(_above, residual), Beyond(_below, -residual));
        }

        public override void Learn(double value, long timeMs)
        {
            if (options.Depth == 0 || _past.IsFull)
            {
                var residual = value - Drift;
                _above.Add(residual);
                _below.Add(-residual);
            }

            _past.Add(value);
        }

        public override bool TryExpect(out Expectation expectation)
        {
            var (lower, upper) = (Drift - _below.Limit, Drift + _above.Limit);
            expectation = new Expectation(lower, (lower + upper) / 2, upper, (upper - lower) / 6);
            return true;
        }

        public override void Save(StateWriter writer)
        {
            _above.Save(writer);
            _below.Save(writer);
            _past.Save(writer);
        }

        public override void Load(ref StateReader reader)
        {
            _above.Load(ref reader);
            _below.Load(ref reader);
            _past.Load(ref reader);
        }

        private double Beyond(PeaksOverThreshold tail, double value)
        {
            var past = value - tail.Threshold;
            return past <= 0 ? 0 : past / Spread.Of(tail.Limit - tail.Threshold, Math.Max(Math.Abs(tail.Threshold), Math.Abs(Drift)));
        }
    }
}
