using Shouldly;
using Tidewatch.Evaluation.Metrics;

namespace Tidewatch.Evaluation.Tests.Metrics;

public sealed class SegmentMetricsTests
{
    // Two anomalies, rows 2-5 and 10-11; flags at 4-6 and 8.
    private static readonly bool[] Labels = Rows(14, 2, 3, 4, 5, 10, 11);
    private static readonly bool[] Flags = Rows(14, 4, 5, 6, 8);

    [Fact]
    public void SegmentScores_HandWorked_AreThePapers()
    {
        var scores = SegmentScores.Of(Labels, Flags);
        (scores.Events, scores.Found, scores.Alarms, scores.FalseAlarms).ShouldBe((2, 1, 2, 1));
        scores.MeanDelay.ShouldBe(2);
        scores.RangeRecall.ShouldBe((0.5 + (0.5 * 2 / 4)) / 2, 1e-12);
        scores.RangePrecision.ShouldBe(2.0 / 3 / 2, 1e-12);
        scores.EventF1.ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void PointAdjusted_OneFlagInside_CountsTheWholeSegment() => PointAdjusted.Of(Labels, Flags).ShouldBe(new Confusion(4, 2, 2, 6));

    [Fact]
    public void VolumeUnderSurface_PerfectScores_BeatsLateOnesAndRandom()
    {
        var labels = new bool[1_000];
        labels.AsSpan(400, 50).Fill(true);
        var perfect = Array.ConvertAll(labels, l => l ? 1.0 : 0);
        var late = Enumerable.Range(0, 1_000).Select(i => i is >= 430 and < 480 ? 1.0 : 0).ToArray();
        var noise = Enumerable.Range(0, 1_000).Select(i => i * 7919 % 1_000 / 1_000.0).ToArray();
        var (a, b, c) = (VolumeUnderSurface.Of(labels, perfect, 20), VolumeUnderSurface.Of(labels, late, 20), VolumeUnderSurface.Of(labels, noise, 20));
        a.Pr.ShouldBeGreaterThan(b.Pr);
        b.Pr.ShouldBeGreaterThan(c.Pr);
        a.Roc.ShouldBeGreaterThan(b.Roc);
        c.Roc.ShouldBe(0.5, 0.1);
    }

    [Fact]
    public void VolumeUnderSurface_NoBuffer_IsTheAverageOfThePlainCurve()
    {
        // 250 rows, so that the 250 thresholds are every row; one segment, touched by the first row.
        var labels = Rows(250, 100);
        var scores = Enumerable.Range(0, 250).Select(i => i == 100 ? 0.5 : i / 250.0).ToArray();
        VolumeUnderSurface.Of(labels, scores, 0).Pr.ShouldBe(Ranking.Of(labels, scores).AveragePrecision, 1e-12);
        VolumeUnderSurface.Of(labels, scores, 0).Roc.ShouldBe(Ranking.Of(labels, scores).RocAuc, 0.005);
    }

    private static bool[] Rows(int length, params int[] rows)
    {
        var flags = new bool[length];
        foreach (var row in rows)
        {
            flags[row] = true;
        }

        return flags;
    }
}
