using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Charts;

/// <summary>Options of <see cref="CusumDetector"/>; defaults of Montgomery for a shift of one sigma.</summary>
public sealed record CusumOptions : ChartOptions
{
    /// <summary>Allowance k in sigmas, half the shift to be found, 0 to 10; default 0.5.</summary>
    [Range(0, 10)]
    public double Allowance { get; init; } = 0.5;

    /// <summary>Decision interval h in sigmas that scores 0.5, 0.1 to 100; default 5.</summary>
    [Range(0.1, 100)]
    public double Decision { get; init; } = 5;
}

/// <summary>Two-sided tabular cumulative sum (Page 1954): small shifts of the mean that last. Sums are held at twice the decision interval.</summary>
public sealed class CusumDetector(CusumOptions options, SeriesContext context)
    : ChannelDetector(() => new CusumChannel(options), context, options.Decision), IDetector<CusumDetector, CusumOptions>
{
    public static string Name => "cusum";

    public static string Summary => "Cumulative sums of deviations: small shifts of the mean that last.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public static CusumDetector Create(CusumOptions options, SeriesContext context) => new(options, context);

    private sealed class CusumChannel(CusumOptions options) : ChartChannel(options)
    {
        private double _high;
        private double _low;

        public override double Statistic(double value, long timeMs)
        {
            var z = Baseline.Z(value);
            return Math.Max(_high + z, _low - z) - options.Allowance;
        }

        /// <summary>The values that keep both sums within the decision interval.</summary>
        public override bool TryExpect(out Expectation expectation)
        {
            var reach = options.Decision + options.Allowance;
            var (lower, upper) = (Baseline.Center + ((_low - reach) * Baseline.Sigma), Baseline.Center + ((reach - _high) * Baseline.Sigma));
            expectation = new Expectation(Math.Min(lower, upper), Math.Min(Math.Max(Baseline.Center, lower), upper), upper, Baseline.Sigma);
            return true;
        }

        protected override void Follow(double value)
        {
            var z = Baseline.Z(value);
            _high = Math.Clamp(_high + z - options.Allowance, 0, 2 * options.Decision);
            _low = Math.Clamp(_low - z - options.Allowance, 0, 2 * options.Decision);
        }

        protected override void SaveChart(StateWriter writer)
        {
            writer.Write(_high);
            writer.Write(_low);
        }

        protected override void LoadChart(ref StateReader reader)
        {
            _high = reader.ReadDouble();
            _low = reader.ReadDouble();
        }
    }
}
