using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Charts;

/// <summary>Options of <see cref="ShewhartDetector"/>.</summary>
public sealed record ShewhartOptions : ChartOptions
{
    /// <summary>Also judge by the run rules two, three and four; default true.</summary>
    public bool RunRules { get; init; } = true;
}

/// <summary>Shewhart chart with the Western Electric rules (1956): beyond 3 sigma; 2 of 3 beyond 2; 4 of 5 beyond 1; 8 in a row on one side.</summary>
/// <remarks>The statistic is the distance in sigmas; a run rule raises it to 3, which scores 0.5.</remarks>
public sealed class ShewhartDetector(ShewhartOptions options, SeriesContext context)
    : ChannelDetector(() => new ShewhartChannel(options), context, Limit), IDetector<ShewhartDetector, ShewhartOptions>
{
    private const double Limit = 3;

    public static string Name => "shewhart";

    public static string Summary => "Control chart of single values with the Western Electric run rules.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public static ShewhartDetector Create(ShewhartOptions options, SeriesContext context) => new(options, context);

    private sealed class ShewhartChannel(ShewhartOptions options) : ChartChannel(options)
    {
        private const int Remembered = 7;
        private readonly double[] _recent = new double[Remembered];

        public override double Statistic(double value, long timeMs)
        {
            var z = Baseline.Z(value);
            return options.RunRules && Violates(z) ? Math.Max(Math.Abs(z), Limit) : Math.Abs(z);
        }

        protected override void Follow(double value)
        {
            Array.Copy(_recent, 0, _recent, 1, Remembered - 1);
            _recent[0] = Baseline.Z(value);
        }

        public override bool TryExpect(out Expectation expectation)
        {
            expectation = Expectation.Around(Baseline.Center, Baseline.Sigma, Limit);
            return true;
        }

        protected override void SaveChart(StateWriter writer)
        {
            writer.WriteArray<double>(_recent);
        }

        protected override void LoadChart(ref StateReader reader)
        {
            reader.ReadArray(_recent.AsSpan());
        }

        private bool Violates(double z)
        {
            var side = z > 0 ? 1 : z < 0 ? -1 : 0;
            return side != 0 && (Beyond(z, side, 2, 3) >= 2 || Beyond(z, side, 1, 5) >= 4 || Beyond(z, side, 0, 8) >= 8);
        }

        /// <summary>How many of the newest <paramref name="of"/> values, <paramref name="z"/> among them, lie more than <paramref name="sigmas"/> out on that side.</summary>
        private int Beyond(double z, int side, double sigmas, int of)
        {
            var count = z * side > sigmas ? 1 : 0;
            for (var i = 0; i < of - 1; i++)
            {
                count += _recent[i] * side > sigmas ? 1 : 0;
            }

            return count;
        }
    }
}
