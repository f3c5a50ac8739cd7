using Shouldly;
using Tidewatch.Detection.Detectors;
using Tidewatch.Detection.Features;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Thresholds;
using Xunit;

namespace Tidewatch.Detection.Tests.Pipeline;

public sealed class DetectionPipelineTests
{
    private long _time;

    [Fact]
    public void Observe_SpikeAndReturn_OpensOnceAndResolvesAfterTheRun()
    {
        var pipeline = Trained(new ThresholdOptions { ResolveAfter = 3 });
        Observe(pipeline, 200).Transition.ShouldBe(AlertTransition.Opened);
        pipeline.OpenedAtMs.ShouldBe(_time);
        Observe(pipeline, 200).Transition.ShouldBe(AlertTransition.None);
        Observe(pipeline, 10).Transition.ShouldBe(AlertTransition.None);
        Observe(pipeline, 200).Transition.ShouldBe(AlertTransition.None);
        Observe(pipeline, 10).Transition.ShouldBe(AlertTransition.None);
        Observe(pipeline, 10.5).Transition.ShouldBe(AlertTransition.None);
        Observe(pipeline, 9.5).Transition.ShouldBe(AlertTransition.Resolved);
        Observe(pipeline, 10).Transition.ShouldBe(AlertTransition.None);
    }

    [Fact]
    public void Observe_Worsening_EscalatesAndNeverGoesBack()
    {
        var pipeline = Trained();
        Observe(pipeline, 13.5).Level.ShouldBe(AlertLevel.Mild);
        var worse = Observe(pipeline, 1e6);
        (worse.Level, worse.Transition).ShouldBe((AlertLevel.Extreme, AlertTransition.Escalated));
        Observe(pipeline, 13.5).Transition.ShouldBe(AlertTransition.None);
    }

    [Fact]
    public void Observe_LongNewNormal_IsLearnedAfterTheGate()
    {
        var pipeline = Trained(learnGate: 20);
        var anomalous = 0;
        while (Observe(pipeline, 30 + (0.1 * (anomalous % 2))).Level != AlertLevel.None && anomalous < 1000)
        {
            anomalous++;
        }

        anomalous.ShouldBeInRange(21, 60);
    }

    [Fact]
    public void Observe_AnomaliesWithinTheGate_LeaveTheBaselineAlone()
    {
        var pipeline = Trained();
        var before = Observe(pipeline, 500);
        var after = Observe(pipeline, 500);
        after.Expectation.ShouldBe(before.Expectation);
    }

    [Fact]
    public void Observe_TooSmallAChange_IsNoAnomaly()
    {
        var pipeline = Trained(new ThresholdOptions { MinimumChange = 50 });
        Observe(pipeline, 55).Level.ShouldBe(AlertLevel.None);
        Observe(pipeline, 65).Level.ShouldNotBe(AlertLevel.None);
    }

    [Fact]
    public void Observe_SeveralInputs_NamesTheOneThatDeviates()
    {
        var pipeline = new DetectionPipeline(Profile(new ThresholdOptions(), 60), 3, 1);
        for (var i = 0; i < 100; i++)
        {
            pipeline.Observe([i % 3, 5 + (i % 2), -(i % 5)], i);
        }

        var verdict = pipeline.Observe([1, 5, 40], 100);
        verdict.Feature.ShouldBe(2);
        verdict.Level.ShouldBe(AlertLevel.Extreme);
    }

    [Fact]
    public void Load_SavedInAnAlert_ContinuesEqual()
    {
        var original = Trained();
        Observe(original, 300);
        var writer = new StateWriter();
        original.Save(writer);
        var copy = new DetectionPipeline(original.Profile, 1, 1);
        var reader = new StateReader(writer.Written);
        copy.Load(ref reader);
        reader.Remaining.ShouldBe(0);
        for (var i = 0; i < 50; i++)
        {
            var value = i % 9 == 0 ? 80 : 10 + (i % 2);
            copy.Observe([value], _time + i).ShouldBe(original.Observe([value], _time + i));
        }
    }

    [Fact]
    public void Observe_Warm_AllocatesNothing()
    {
        var pipeline = Trained();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            pipeline.Observe([10 + (i % 2)], i);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static DetectionProfile Profile(ThresholdOptions threshold, int learnGate) => new()
    {
        Name = "test",
        Detectors = [(DetectorCatalog.Get("z-score"), new ZScoreOptions { Window = 50 })],
        Features = [FeatureCatalog.Get("value"), FeatureCatalog.Get("local-mean")],
        Threshold = threshold,
        LearnGate = learnGate,
    };

    private DetectionPipeline Trained(ThresholdOptions? threshold = null, int learnGate = 60)
    {
        var pipeline = new DetectionPipeline(Profile(threshold ?? new ThresholdOptions(), learnGate) with { Features = [FeatureCatalog.Get("value")] }, 1, 1);
        for (var i = 0; i < 100; i++)
        {
            Observe(pipeline, 10 + (i % 3) - 1);
        }

        return pipeline;
    }

    private Verdict Observe(DetectionPipeline pipeline, double value) => pipeline.Observe([value], ++_time);
}
