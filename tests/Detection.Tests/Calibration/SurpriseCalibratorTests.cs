using Shouldly;
using Tidewatch.Detection.Calibration;
using Xunit;

namespace Tidewatch.Detection.Tests.Calibration;

public sealed class SurpriseCalibratorTests
{
    [Fact]
    public void Surprise_WithinThePast_IsTheEmpiricalTail()
    {
        var calibrator = Past(Enumerable.Range(1, 999).Select(i => (double)i));
        // 512 begins a bin: 488 of 999 are as high, the tail is 489/1000.
        calibrator.Surprise(512).ShouldBe(-Math.Log10(0.489), 1e-12);
        calibrator.Surprise(0).ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Surprise_NewMaximum_IsTheLomaxTailOfTheTopTenth()
    {
        // The top tenth of 1..1000 is 901..1000: threshold about 901, mean excess about 49.5.
        var calibrator = Past(Enumerable.Range(1, 1_000).Select(i => (double)i));
        calibrator.Surprise(2_000).ShouldBe(-Math.Log10(0.1 * Math.Pow(1 + ((2_000 - 901) / (4 * 49.5)), -4)), 0.15);
    }

    [Fact]
    public void Surprise_StepAwayFromFlatPast_IsTheEmpiricalTail() => Past(Enumerable.Repeat(1.0, 199)).Surprise(1_000).ShouldBe(-Math.Log10(1.0 / 200), 1e-12);

    [Fact]
    public void Surprise_BeforeFortyScores_IsZero() => Past(Enumerable.Repeat(1.0, 39)).Surprise(1_000).ShouldBe(0);

    [Fact]
    public void Add_MoreThanTheWindow_ForgetsTheOldest()
    {
        var calibrator = new SurpriseCalibrator(100);
        foreach (var score in Enumerable.Repeat(1_000.0, 50).Concat(Enumerable.Repeat(1.0, 101)))
        {
            calibrator.Add(score);
        }

        calibrator.Surprise(500).ShouldBeGreaterThan(1.5, "the thousands are gone");
    }

    private static SurpriseCalibrator Past(IEnumerable<double> scores)
    {
        var calibrator = new SurpriseCalibrator();
        foreach (var score in scores)
        {
            calibrator.Add(score);
        }

        return calibrator;
    }
}
