using Shouldly;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Thresholds;
using Xunit;

namespace Tidewatch.Detection.Tests.Thresholds;

public sealed class HysteresisReleaseTests
{
    /// <summary>Scores between 0.3 and 0.5 neither open an alert nor let it end.</summary>
    [Fact]
    public void Advance_ScoreJustBelowTheThreshold_KeepsTheAlertOpen()
    {
        var threshold = new HysteresisThreshold(new ThresholdOptions { Release = 0.6, ResolveAfter = 2 });
        Observe(threshold, 0.45).ShouldBe(AlertTransition.None);
        Observe(threshold, 0.6).ShouldBe(AlertTransition.Opened);
        foreach (var score in new[] { 0.45, 0.45, 0.2, 0.31, 0.2 })
        {
            Observe(threshold, score).ShouldBe(AlertTransition.None, $"{score}");
        }

        Observe(threshold, 0.2).ShouldBe(AlertTransition.Resolved);
    }

    [Fact]
    public void Advance_WithinTheRest_OpensNoOther()
    {
        var (threshold, copy) = (new HysteresisThreshold(new ThresholdOptions { Refractory = 6, ResolveAfter = 1 }), new HysteresisThreshold(new ThresholdOptions { Refractory = 6, ResolveAfter = 1 }));
        Observe(threshold, 0.6).ShouldBe(AlertTransition.Opened);
        Observe(threshold, 0.95).ShouldBe(AlertTransition.Escalated, "an open alert still gets worse");
        Observe(threshold, 0.1).ShouldBe(AlertTransition.Resolved);
        var writer = new StateWriter();
        threshold.Save(writer);
        var reader = new StateReader(writer.Written);
        copy.Load(ref reader);
        foreach (var one in new[] { threshold, copy })
        {
            double[] scores = [0.9, 0.1, 0.9, 0.9, 0.9];
            scores.Select(s => Observe(one, s)).ShouldBe([AlertTransition.None, AlertTransition.None, AlertTransition.None, AlertTransition.None, AlertTransition.Opened]);
        }
    }

    private static AlertTransition Observe(HysteresisThreshold threshold, double score) => threshold.Advance(threshold.LevelOf(score), score, 0);
}
