using Shouldly;
using Tidewatch.Detection.Adaptation;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Adaptation;

/// <summary>A profile that is trained anew when its scores change for good.</summary>
public sealed class DriftAdaptationTests
{
    private const int Shift = 1_000;

    [Theory]
    [InlineData("adwin")]
    [InlineData("kswin")]
    [InlineData("page-hinkley")]
    public void Observe_LevelShift_IsNoticedAndForgottenSooner(string drift)
    {
        var (adaptive, plain) = (Pipeline(new AdaptationOptions { Drift = drift, Window = 64, Blend = 20 }), Pipeline(null));
        Run(adaptive, 0, Shift);
        var before = adaptive.Drifts.Count;
        Run(plain, 0, Shift);
        var (adapted, unadapted) = (Run(adaptive, Shift, 400, 60), Run(plain, Shift, 400, 60));

        before.ShouldBe(0);
        adaptive.Drifts.Count.ShouldBeGreaterThan(0);
        adaptive.Drifts.LastAt.ShouldBeInRange(Shift + 1, Shift + 400);
        adapted.ShouldBeLessThan(unadapted);
    }

    [Fact]
    public void Observe_NoDriftTest_IsAsWithoutAdaptation()
    {
        var (adaptive, plain) = (Pipeline(new AdaptationOptions()), Pipeline(null));
        Run(adaptive, 0, 500);
        Run(plain, 0, 500);

        Bytes(adaptive).ShouldBe(Bytes(plain));
    }

    [Fact]
    public void Load_InTheMiddleOfATakeover_ContinuesToTheBit()
    {
        var options = new AdaptationOptions { Drift = "page-hinkley", Window = 64, Blend = 200 };
        var (whole, copy) = (Pipeline(options), Pipeline(options));
        Run(whole, 0, Shift);
        var count = 0;
        while (whole.Drifts.Count == 0)
        {
            Run(whole, Shift + count++, 1, 60);
        }

        Run(whole, Shift + count, 50, 60);
        var reader = new StateReader(Bytes(whole));
        copy.Load(ref reader);
        reader.Remaining.ShouldBe(0);
        Run(whole, Shift + count + 50, 400, 60).ShouldBe(Run(copy, Shift + count + 50, 400, 60));
        Bytes(copy).ShouldBe(Bytes(whole));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Judge_InTheMiddleOfATakeover_SaysWhatTheObservationWillAndKeepsTheState(bool calibrates)
    {
        var pipeline = Pipeline(new AdaptationOptions { Drift = "page-hinkley", Window = 64, Blend = 200 }, threshold: 1, calibrates);
        Run(pipeline, 0, Shift);
        var at = Shift;
        for (; pipeline.Drifts.Count == 0 && at < 2 * Shift; at++)
        {
            Run(pipeline, at, 1, 60);
        }

        pipeline.Drifts.Count.ShouldBe(1);
        Run(pipeline, at, 80, 60);
        var before = Bytes(pipeline);
        var judged = pipeline.Judge([90], 60_000L * (at + 80));

        Bytes(pipeline).ShouldBe(before);
        judged!.Value.Score.ShouldBe(pipeline.Observe([90], 60_000L * (at + 80)).Score);
    }

    [Fact]
    public void Observe_WhileNothingDrifts_AllocatesNothing()
    {
        var pipeline = Pipeline(new AdaptationOptions { Drift = "kswin", Window = 64 }, threshold: 1);
        Run(pipeline, 0, 2_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(pipeline, 2_000, 1_000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        pipeline.Drifts.Count.ShouldBe(0);
    }

    private static DetectionPipeline Pipeline(AdaptationOptions? adaptation, double threshold = 0.5, bool calibrates = false)
    {
        var entry = DetectorCatalog.Get("z-score");
        return new DetectionPipeline(new DetectionProfile { Name = "test", Detectors = [(entry, entry.Defaults())], Adaptation = adaptation, Calibrate = calibrates, Threshold = new() { Threshold = threshold } }, 1, 7);
    }

    /// <summary>Sum of the scores.</summary>
    private static double Run(DetectionPipeline pipeline, int from, int count, double level = 0)
    {
        var sum = 0.0;
        for (var i = from; i < from + count; i++)
        {
            sum += pipeline.Observe([level + Noise(i)], 60_000L * i).Score;
        }

        return sum;
    }

    private static double Noise(int i) => 10 * new SeededRandom((ulong)i * 2_654_435_761).NextNormal();

    private static byte[] Bytes(DetectionPipeline pipeline)
    {
        var writer = new StateWriter();
        pipeline.Save(writer);
        return writer.Written.ToArray();
    }
}
