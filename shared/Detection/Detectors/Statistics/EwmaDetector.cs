using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Options of <see cref="EwmaDetector"/>.</summary>
public sealed record EwmaOptions : DetectorOptions
{
    /// <summary>Weight of the newest value, 0.0001 to 1; default 0.02, about the last hundred values.</summary>
    [Range(0.0001, 1)]
    public double Rate { get; init; } = 0.02;

    /// <summary>Values before the first score, 2 to 1,000,000; default 50.</summary>
    [Range(2, 1_000_000)]
    public int WarmUp { get; init; } = 50;

    /// <summary>Standard deviations that score 0.5, 0.1 to 100; default 3.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 3;
}

/// <summary>Distance from the exponentially weighted mean in exponentially weighted standard deviations (Finch 2009); 24 bytes a feature.</summary>
public sealed class EwmaDetector(EwmaOptions options, SeriesContext context)
    : ChannelDetector(() => new EwmaChannel(options), context, options.Width), IDetector<EwmaDetector, EwmaOptions>
{
    public static string Name => "ewma";

    public static string Summary => "Distance from the exponentially weighted mean in its deviations.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public static EwmaDetector Create(EwmaOptions options, SeriesContext context) => new(options, context);

    private sealed class EwmaChannel(EwmaOptions options) : Channel
    {
        private Exponential _average = new(options.Rate);

        public override bool IsWarm => _average.Count >= options.WarmUp;

        public override double Statistic(double value, long timeMs) => Math.Abs(value - _average.Mean) / Scale();

        public override void Learn(double value, long timeMs) => _average.Add(value);

        public override bool TryExpect(out Expectation expectation)
        {
            expectation = Expectation.Around(_average.Mean, Scale(), options.Width);
            return true;
        }

        public override void Save(StateWriter writer) => _average.Save(writer);

        public override void Load(ref StateReader reader) => _average.Load(ref reader);

        private double Scale() => Spread.Of(_average.Deviation, _average.Mean);
    }
}
