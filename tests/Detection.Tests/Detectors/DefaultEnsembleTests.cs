using Shouldly;
using Tidewatch.Detection.Detectors;
using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

public sealed class DefaultEnsembleTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void HourOfDayResidual_HandWorkedSlot_IsTheFormula()
    {
        var detector = new HourOfDayResidualDetector(new HourOfDayResidualOptions());
        // One value an hour for four days, the hour itself; on the second day one more. Hour 5 holds 5, 6, 5, 5.
        for (var i = 0; i < 96; i++)
        {
            Learn(detector, (i % 24) + (i / 24 == 1 ? 1 : 0), i * HourMs);
        }

        // Errors 1, 1/2, 1/3 with rates 1/2, 1/3, 1/4: means 5.5, 5.3333, 5.25, d = 1/2, 1/2, 11/24.
        // All hours alike in turn: g is the mean of 24 ones, 24 halves and 24 thirds = 11/18.
        detector.Raw(new Sample([9], (96 + 5) * HourMs)).ShouldBe((9 - 5.25) / ((11.0 / 48) + (11.0 / 36)), 1e-9);
    }

    [Fact]
    public void RangeNovelty_Beyond_IsTheShareOfTheRange()
    {
        var detector = new RangeNoveltyDetector(new RangeNoveltyOptions { WarmUp = 2 });
        Learn(detector, 10, 0);
        Learn(detector, 20, 1);
        detector.Raw(new Sample([25], 2)).ShouldBe(0.5, 1e-12);
        detector.Raw(new Sample([9], 2)).ShouldBe(0.1, 1e-12);
        detector.Raw(new Sample([15], 2)).ShouldBe(0);
    }

    [Fact]
    public void RelativeEntropy_OtherHalfOfTheRange_IsTheFormula()
    {
        var detector = new RelativeEntropyDetector(new RelativeEntropyOptions { Window = 8, Bins = 2, WarmUp = 16, Novelty = 1_000 });
        // Range 0 to 1; the first window is all low, so are the next seven values; the regime is (0, 8, 0, 0).
        for (var i = 0; i < 16; i++)
        {
            Learn(detector, i == 15 ? 1 : 0, i);
        }

        // With one more high value the window is six low, two high: shares of 8 + 4 x 0.5 = 10.
        var expected = 2 * 8 * ((0.65 * Math.Log(0.65 / 0.85)) + (0.25 * Math.Log(0.25 / 0.05)));
        detector.Raw(new Sample([1], 16)).ShouldBe(expected, 1e-9);
    }

    [Fact]
    public void Combine_ThreeLargest_AreWeighed() => SurpriseCombination.Combine([1, 4, 2, 3]).ShouldBe((0.4 * 4) + (0.4 * 3) + (0.2 * 2), 1e-12);

    [Fact]
    public void SurpriseEnsemble_DailySeriesWithAMissingDay_ScoresTheMissingDayHighest()
    {
        var detector = new SurpriseEnsembleDetector(new SurpriseEnsembleOptions());
        var (random, ordinary, strange) = (new SeededRandom(1), 0.0, 0.0);
        for (var i = 0; i < 3_000; i++)
        {
            var value = (i is >= 2_500 and < 2_560 ? 0 : 10 * Math.Sin(2 * Math.PI * i / 144)) + random.NextNormal();
            var sample = new Sample([value], i * HourMs / 6);
            var score = detector.Score(sample);
            detector.Learn(sample);
            ordinary = i < 2_500 ? Math.Max(ordinary, score) : ordinary;
            strange = i is >= 2_500 and < 2_560 ? Math.Max(strange, score) : strange;
        }

        strange.ShouldBeGreaterThan(ordinary);
    }

    [Fact]
    public void SurpriseEnsemble_State_IsAtMost128KiB()
    {
        var detector = new SurpriseEnsembleDetector(new SurpriseEnsembleOptions());
        var (random, writer) = (new SeededRandom(1), new StateWriter());
        for (var i = 0; i < 30_000; i++)
        {
            Learn(detector, random.NextNormal(), i * 60_000L);
        }

        detector.Save(writer);
        writer.Written.Length.ShouldBeLessThanOrEqualTo(128 * 1024);
    }

    private static void Learn(IDetector detector, double value, long timeMs) => detector.Learn(new Sample([value], timeMs));
}
