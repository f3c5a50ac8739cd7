using Shouldly;
using Tidewatch.Detection.Detectors.Charts;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

/// <summary>Charts with a baseline of centre 10 and sigma 1, worked by hand.</summary>
public sealed class ControlChartTests
{
    private static readonly SeriesContext One = new(1, 1);

    [Theory]
    [InlineData(new double[] { }, 13.1, 3.1)]
    [InlineData(new[] { 12.1, 10 }, 12.2, 3)]
    [InlineData(new[] { 7.9, 10 }, 12.2, 2.2)]
    [InlineData(new[] { 11.1, 11.2, 10.0, 11.3 }, 11.4, 3)]
    [InlineData(new[] { 11.1, 11.2, 10.0, 10.0 }, 11.4, 1.4)]
    [InlineData(new[] { 10.1, 10.1, 10.1, 10.1, 10.1, 10.1, 10.1 }, 10.1, 3)]
    [InlineData(new[] { 10.1, 10.1, 10.1, 9.9, 10.1, 10.1, 10.1 }, 10.1, 0.1)]
    public void Shewhart_WesternElectric_RaisesToThree(double[] before, double value, double expected) =>
        Raw(Learned(ShewhartDetector.Create(new ShewhartOptions { Baseline = 100, Adapt = 0 }, One), before), value).ShouldBe(expected, 1e-9);

    /// <summary>Montgomery's recurrence C+ = max(0, C+ + z - k): after 1.5, 1.5, 1.5 sigmas it stands at 3.</summary>
    [Fact]
    public void Cusum_SmallShift_AddsUp()
    {
        var detector = Learned(CusumDetector.Create(new CusumOptions { Baseline = 100, Adapt = 0 }, One), [11.5, 11.5]);
        Raw(detector, 11.5).ShouldBe(3, 1e-9);
        Raw(detector, 10).ShouldBe(1.5, 1e-9);
        Learned(detector, [8, 8, 8], baseline: false);
        Raw(detector, 8).ShouldBe(6, 1e-9);
        detector.Score(new Sample([8], 0)).ShouldBeGreaterThan(0.5);
    }

    /// <summary>Second value of a shift by one sigma: |0.2 + 0.8 x 0.2| / sqrt(0.2 / 1.8 x (1 - 0.8^4)) = 0.36 / 0.25612.</summary>
    [Fact]
    public void EwmaChart_SecondValue_IsTheWorkedRatio()
    {
        var detector = Learned(EwmaChartDetector.Create(new EwmaChartOptions { Baseline = 100, Adapt = 0 }, One), [11]);
        Raw(detector, 11).ShouldBe(0.36 / Math.Sqrt(0.2 / 1.8 * (1 - Math.Pow(0.8, 4))), 1e-9);
    }

    public static TheoryData<string> Charts => [CusumDetector.Name, EwmaChartDetector.Name, ShewhartDetector.Name];

    /// <summary>Whatever the chart has gone through, the expected range ends where the score reaches 0.5.</summary>
    [Theory]
    [MemberData(nameof(Charts))]
    public void TryExpect_AfterAShift_EndsWhereTheScoreReachesAHalf(string name)
    {
        var entry = DetectorCatalog.Get(name);
        var detector = Learned(entry.Create(entry.Defaults(), One), [11.5, 10.5, 9.9]);
        detector.TryExpect(0, out var expected).ShouldBeTrue();
        expected.Lower.ShouldBeLessThan(expected.Center);
        expected.Center.ShouldBeLessThan(expected.Upper);
        foreach (var (end, outwards) in new[] { (expected.Lower, -1), (expected.Upper, 1) })
        {
            detector.Score(new Sample([end - (outwards * 1e-6)], 0)).ShouldBeLessThan(0.5);
            detector.Score(new Sample([end + (outwards * 1e-6)], 0)).ShouldBeGreaterThan(0.5);
        }
    }

    private static IDetector Learned(IDetector detector, double[] values, bool baseline = true)
    {
        var sigma = Math.Sqrt(99 / 100.0);
        for (var i = 0; i < 100 && baseline; i++)
        {
            detector.Learn(new Sample([10 + (i % 2 == 0 ? sigma : -sigma)], i));
        }

        foreach (var value in values)
        {
            detector.Learn(new Sample([value], 0));
        }

        return detector;
    }

    private static double Raw(IDetector detector, double value) => detector.Raw(new Sample([value], 0));
}
