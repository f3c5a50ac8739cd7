using Shouldly;
using Tidewatch.Detection.Detectors.Seasonal;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

/// <summary>Seasonal methods against statsmodels and numpy on the same series of period 24.</summary>
public sealed class SeasonalDetectorTests
{
    private static readonly SeriesContext One = new(1, 1);

    [Fact]
    public void Stl_RobustPeriod24_EqualsStatsmodels()
    {
        var stl = new SeasonalTrend(24, robust: true);
        stl.Fit(Oracle.Series());
        Oracle.WorstError(Oracle.Column("stl_period24_robust", "trend"), stl.Trend).ShouldBeLessThan(1e-9);
        Oracle.WorstError(Oracle.Column("stl_period24_robust", "seasonal"), stl.Seasonal).ShouldBeLessThan(1e-9);
        Oracle.WorstError(Oracle.Column("stl_period24_robust", "resid"), stl.Residual).ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void HoltWinters_Additive_EqualsStatsmodels()
    {
        var golden = Oracle.Column("holt_winters_additive_a0.2_b0.01_g0.1_first500", "fitted");
        var series = Oracle.Series();
        var model = new HoltWinters(24, multiplies: false, 0.2, 0.01, 0.1);
        model.Begin(series.AsSpan(0, HoltWinters.BeginLength(24)));
        for (var i = 0; i < golden.Length; i++)
        {
            model.Forecast.ShouldBe(golden[i], 1e-9, $"at {i}");
            model.Update(series[i]);
        }
    }

    /// <summary>Level times season without noise: the multiplicative form has nothing left to learn, so every forecast is exact.</summary>
    [Fact]
    public void HoltWinters_Multiplicative_ForecastsALevelTimesSeasonExactly()
    {
        double[] season = [0.5, 1.25, 1.5, 0.75];
        var values = Enumerable.Range(0, 60).Select(i => 40 * season[i % 4]).ToArray();
        var model = new HoltWinters(4, multiplies: true, 0.3, 0.1, 0.2);
        model.Begin(values.AsSpan(0, HoltWinters.BeginLength(4)));
        foreach (var value in values)
        {
            model.Forecast.ShouldBe(value, 1e-9);
            model.Update(value);
        }
    }

    [Fact]
    public void SpectralResidual_Series_EqualsNumpy() =>
        Oracle.WorstError(Oracle.Column("spectral_residual_q3", "saliency"), SpectralResidual.Saliency(Oracle.Series(), 3)).ShouldBeLessThan(1e-9);

    [Fact]
    public void Autocorrelation_First1000_EqualsStatsmodels()
    {
        var golden = Oracle.Column("autocorrelation_unadjusted_first1000", "acf");
        var values = Oracle.Series()[..1000];
        for (var lag = 0; lag < golden.Length; lag++)
        {
            Autocorrelation.At(values, lag).ShouldBe(golden[lag], 1e-12);
        }
    }

    [Theory]
    [InlineData(24)]
    [InlineData(7)]
    [InlineData(96)]
    public void FindPeriod_NoisySeasonWithTrend_FindsIt(int period)
    {
        var random = new SeededRandom(2);
        var values = Enumerable.Range(0, 600).Select(i => (0.01 * i) + Math.Sin(2 * Math.PI * i / period) + (0.3 * random.NextNormal())).ToArray();
        Autocorrelation.FindPeriod(values).ShouldBeInRange(period - 1, period + 1);
    }

    [Fact]
    public void FindPeriod_Noise_FindsNone()
    {
        var random = new SeededRandom(2);
        Autocorrelation.FindPeriod([.. Enumerable.Range(0, 600).Select(_ => random.NextNormal())]).ShouldBe(0);
    }

    [Fact]
    public void HoltWintersDetector_PlantedSpike_IsItsHighestScore() => Highest(HoltWintersDetector.Create(new HoltWintersOptions { Period = 24 }, One), 300, 690).ShouldBe(400);

    [Fact]
    public void StlDetector_PlantedSpike_IsItsHighestScore() => Highest(StlDetector.Create(new StlOptions { Period = 24, Window = 240 }, One), 300, 690).ShouldBe(400);

    [Fact]
    public void SpectralResidualDetector_SpikeInNoise_IsItsHighestScore()
    {
        var detector = SpectralResidualDetector.Create(new SpectralResidualOptions(), One);
        var random = new SeededRandom(5);
        var ordinary = 0.0;
        for (var i = 0; i < 300; i++)
        {
            double[] value = [random.NextNormal()];
            ordinary = Math.Max(ordinary, detector.Raw(new Sample(value, i)));
            detector.Learn(new Sample(value, i));
        }

        detector.Raw(new Sample([15], 300)).ShouldBeGreaterThan(ordinary);
    }

    private static int Highest(IDetector detector, int from, int to)
    {
        var series = Oracle.Series();
        var (best, at) = (-1.0, -1);
        for (var i = 0; i < to; i++)
        {
            var sample = new Sample([series[i]], i);
            var raw = detector.Raw(sample);
            (best, at) = i >= from && raw > best ? (raw, i) : (best, at);
            detector.Learn(sample);
        }

        return at;
    }
}
