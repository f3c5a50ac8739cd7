using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Seasonal;

/// <summary>Options of <see cref="SpectralResidualDetector"/>; defaults of Ren et al. 2019 but for the window.</summary>
public sealed record SpectralResidualOptions : DetectorOptions
{
    /// <summary>Values transformed, 16 to 4,096; default 128.</summary>
    [Range(16, 4_096)]
    public int Window { get; init; } = 128;

    /// <summary>Frequencies averaged in the log spectrum, 1 to 99; default 3.</summary>
    [Range(1, 99)]
    public int Average { get; init; } = 3;

    /// <summary>Values extrapolated behind the newest so that it does not stand at the edge, 0 to 50; default 5.</summary>
    [Range(0, 50)]
    public int Ahead { get; init; } = 5;

    /// <summary>How far above the window's mean saliency, in means, scores 0.5, 0.1 to 100; default 3.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 3;
}

/// <summary>Spectral residual (Ren et al. 2019): (S - mean S) / mean S of the newest value's saliency. Points, not segments.</summary>
public sealed class SpectralResidualDetector(SpectralResidualOptions options, SeriesContext context)
    : ChannelDetector(() => new SpectralChannel(options), context, options.Width), IDetector<SpectralResidualDetector, SpectralResidualOptions>
{
    public static string Name => "spectral-residual";

    public static string Summary => "Saliency of the newest value after the usual spectrum is removed.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.Additive;

    public static SpectralResidualDetector Create(SpectralResidualOptions options, SeriesContext context) => new(options, context);

    private sealed class SpectralChannel(SpectralResidualOptions options) : Channel
    {
        private const int SlopePoints = 5;
        private readonly SlidingWindow _window = new(options.Window - 1);

        public override bool IsWarm => _window.IsFull;

        public override double Statistic(double value, long timeMs)
        {
            var values = new double[options.Window + options.Ahead];
            _window.CopyTo(values);
            var newest = options.Window - 1;
            values[newest] = value;
            var unit = Spread.Of(Math.Max(_window.StandardDeviation, Math.Abs(value - _window.Mean) / options.Window), _window.Mean);
            for (var i = 0; i <= newest; i++)
            {
                values[i] = (values[i] - _window.Mean) / unit;
            }

            // The newest value takes no part in what is put behind it: a spike would be continued and outshone.
            var before = newest - 1;
            var slopes = 0.0;
            for (var k = 1; k <= SlopePoints; k++)
            {
                slopes += (values[before] - values[before - k]) / k;
            }

            values.AsSpan(newest + 1).Fill(values[before - SlopePoints + 1] + slopes);
            var saliency = SpectralResidual.Saliency(values, options.Average);
            var mean = saliency.AsSpan(0, newest).ToArray().Average();
            return mean > 0 ? (saliency[newest] - mean) / mean : 0;
        }

        public override void Learn(double value, long timeMs) => _window.Add(value);

        public override void Save(StateWriter writer) => _window.Save(writer);

        public override void Load(ref StateReader reader) => _window.Load(ref reader);
    }
}
