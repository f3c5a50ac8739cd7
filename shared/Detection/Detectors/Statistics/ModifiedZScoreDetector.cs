using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Options of <see cref="ModifiedZScoreDetector"/>.</summary>
public sealed record ModifiedZScoreOptions : DetectorOptions
{
    /// <summary>Values in the window, 4 to 100,000; default 120.</summary>
    [Range(4, 100_000)]
    public int Window { get; init; } = 120;

    /// <summary>Values before the first score, 3 to <see cref="Window"/>; default 30.</summary>
    [Range(3, 100_000)]
    public int WarmUp { get; init; } = 30;

    /// <summary>Modified z-score that scores 0.5, 0.1 to 100; default 3.5 (Iglewicz, Hoaglin 1993).</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 3.5;
}

/// <summary>Distance from the median in median absolute deviations, scaled to standard deviations (Iglewicz, Hoaglin 1993): one outlier does not hide the next.</summary>
/// <remarks>Where over half of the window is one value, the interquartile range over 1.349 stands in for the deviation.</remarks>
public sealed class ModifiedZScoreDetector(ModifiedZScoreOptions options, SeriesContext context)
    : ChannelDetector(() => new MedianChannel(options), context, options.Width), IDetector<ModifiedZScoreDetector, ModifiedZScoreOptions>
{
    public static string Name => "modified-z-score";

    public static string Summary => "Distance from a sliding median in median absolute deviations.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public static ModifiedZScoreDetector Create(ModifiedZScoreOptions options, SeriesContext context) => new(options, context);

    private sealed class MedianChannel(ModifiedZScoreOptions options) : Channel
    {
        private const double NormalIqr = 1.3489795003921634;
        private readonly SortedWindow _window = new(options.Window);

        public override bool IsWarm => _window.Count >= Math.Min(options.WarmUp, options.Window);

        public override double Statistic(double value, long timeMs)
        {
            var (median, scale) = Center();
            return Math.Abs(value - median) / scale;
        }

        public override void Learn(double value, long timeMs) => _window.Add(value);

        public override bool TryExpect(out Expectation expectation)
        {
            var (median, scale) = Center();
            expectation = Expectation.Around(median, scale, options.Width);
            return true;
        }

        public override void Save(StateWriter writer) => _window.Save(writer);

        public override void Load(ref StateReader reader) => _window.Load(ref reader);

        private (double Median, double Scale) Center()
        {
            var median = _window.Median;
            var scale = _window.MedianDistance(median) * Spread.OfMad;
            scale = scale > 0 ? scale : (_window.Quantile(0.75) - _window.Quantile(0.25)) / NormalIqr;
            return (median, Spread.Of(scale, median));
        }
    }
}
