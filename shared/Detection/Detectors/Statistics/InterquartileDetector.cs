using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Options of <see cref="InterquartileDetector"/>.</summary>
public sealed record InterquartileOptions : DetectorOptions
{
    /// <summary>Values in the window, 8 to 100,000; default 200.</summary>
    [Range(8, 100_000)]
    public int Window { get; init; } = 200;

    /// <summary>Values before the first score, 4 to <see cref="Window"/>; default 40.</summary>
    [Range(4, 100_000)]
    public int WarmUp { get; init; } = 40;

    /// <summary>Interquartile ranges outside the quartiles that score 0.5, 0.1 to 100; default 1.5 (Tukey 1977).</summary>
    [Range(0.1, 100)]
    public double Fence { get; init; } = 1.5;
}

/// <summary>Distance outside the quartiles of a sliding window in interquartile ranges (Tukey 1977); 0 between them.</summary>
public sealed class InterquartileDetector(InterquartileOptions options, SeriesContext context)
    : ChannelDetector(() => new FenceChannel(options), context, options.Fence), IDetector<InterquartileDetector, InterquartileOptions>
{
    public static string Name => "iqr";

    public static string Summary => "Distance outside a sliding window's quartiles in interquartile ranges.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public static InterquartileDetector Create(InterquartileOptions options, SeriesContext context) => new(options, context);

    private sealed class FenceChannel(InterquartileOptions options) : Channel
    {
        private const double NormalIqr = 1.3489795003921634;
        private readonly SortedWindow _window = new(options.Window);

        public override bool IsWarm => _window.Count >= Math.Min(options.WarmUp, options.Window);

        public override double Statistic(double value, long timeMs)
        {
            var (low, high) = (_window.Quantile(0.25), _window.Quantile(0.75));
            return Math.Max(0, Math.Max(low - value, value - high)) / Spread.Of(high - low, Math.Max(Math.Abs(low), Math.Abs(high)));
        }

        public override void Learn(double value, long timeMs) => _window.Add(value);

        public override bool TryExpect(out Expectation expectation)
        {
            var (low, high) = (_window.Quantile(0.25), _window.Quantile(0.75));
            var range = Spread.Of(high - low, Math.Max(Math.Abs(low), Math.Abs(high)));
            expectation = new Expectation(low - (options.Fence * range), _window.Median, high + (options.Fence * range), range / NormalIqr);
            return true;
        }

        public override void Save(StateWriter writer) => _window.Save(writer);

        public override void Load(ref StateReader reader) => _window.Load(ref reader);
    }
}
