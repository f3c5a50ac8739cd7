using Shouldly;
using Tidewatch.Detection.Adaptation;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Adaptation;

/// <summary>Of several detectors each series keeps those that fit it best.</summary>
public sealed class ModelSelectionTests
{
    private const int After = 600;
    private const int Chosen = 1_000;
    private static readonly string[] Candidates = ["range-novelty", "hour-of-day-residual", "ewma"];

    /// <summary>Every hour of the day has a level of its own, far from that of the hour before.</summary>
    private static double Hourly(int i) => (i % 24 * 7 % 24 * 10) + Noise(i);

    /// <summary>A level that moves slowly and never comes back at the same hour.</summary>
    private static double Wandering(int i) => (300 * Math.Sin(i / 311.0)) + Noise(i);

    [Fact]
    public void Observe_SeriesOfDifferentKinds_EachKeepsTheDetectorThatFits()
    {
        var (hourly, wandering) = (Pipeline(After, 1), Pipeline(After, 1));
        Run(hourly, Hourly, 0, After);
        hourly.Voting.ShouldBe(Candidates, "the choice is not made before its count");
        Run(hourly, Hourly, After, Chosen - After);
        Run(wandering, Wandering, 0, Chosen);

        hourly.Voting.ShouldBe(["hour-of-day-residual"]);
        wandering.Voting.ShouldBe(["ewma"]);
    }

    [Fact]
    public void Observe_KeepTwo_DropsTheWorst()
    {
        var pipeline = Pipeline(After, 2);
        Run(pipeline, Hourly, 0, Chosen);

        pipeline.Voting.ShouldBe(["hour-of-day-residual", "ewma"]);
    }

    /// <summary>The others learn no more: the state no longer holds them and the score is that of the one alone.</summary>
    [Fact]
    public void Observe_AfterTheChoice_JudgesAsTheOneAlone()
    {
        var (selecting, alone) = (Pipeline(After, 1), Pipeline(0, 1, "hour-of-day-residual"));
        Run(selecting, Hourly, 0, Chosen);
        Run(alone, Hourly, 0, Chosen);

        Run(selecting, Hourly, Chosen, 300).ShouldBe(Run(alone, Hourly, Chosen, 300));
        Bytes(selecting).Length.ShouldBeLessThan(Bytes(alone).Length + 16);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(400)]
    [InlineData(Chosen)]
    public void Load_BeforeOrAfterTheChoice_ContinuesToTheBit(int at)
    {
        var (whole, copy) = (Pipeline(After, 2), Pipeline(After, 2));
        Run(whole, Hourly, 0, at);
        var reader = new StateReader(Bytes(whole));
        copy.Load(ref reader);
        reader.Remaining.ShouldBe(0);

        Run(whole, Hourly, at, 100).ShouldBe(Run(copy, Hourly, at, 100));
        Bytes(copy).ShouldBe(Bytes(whole));
        Run(whole, Hourly, at + 100, Chosen).ShouldBe(Run(copy, Hourly, at + 100, Chosen));
        copy.Voting.ShouldBe(whole.Voting);
        Bytes(copy).ShouldBe(Bytes(whole));
    }

    [Fact]
    public void Load_IntoOneThatHasChosen_BringsBackWhoWasLetGo()
    {
        var (early, late) = (Pipeline(After, 1), Pipeline(After, 1));
        Run(early, Hourly, 0, 400);
        Run(late, Wandering, 0, Chosen);
        var reader = new StateReader(Bytes(early));
        late.Load(ref reader);
        Run(early, Hourly, 400, Chosen);
        Run(late, Hourly, 400, Chosen);

        late.Voting.ShouldBe(["hour-of-day-residual"]);
        Bytes(late).ShouldBe(Bytes(early));
    }

    [Fact]
    public void Load_AnotherNumberKept_IsTold()
    {
        var (one, two) = (Pipeline(After, 1), Pipeline(After, 2));
        Run(one, Hourly, 0, Chosen);
        var bytes = Bytes(one);

        Should.Throw<StateFormatException>(() =>
        {
            var reader = new StateReader(bytes);
            two.Load(ref reader);
        }).Message.ShouldContain("1 detectors were kept where 2 are");
    }

    [Fact]
    public void Save_WithoutSelection_IsAsItWas()
    {
        var (with, without) = (Pipeline(0, 1), new DetectionPipeline(Profile(null, Candidates), 1, 7));
        Run(with, Hourly, 0, 300);
        Run(without, Hourly, 0, 300);

        Bytes(with).ShouldBe(Bytes(without));
        new AdaptationOptions().Identity().ShouldBe("none 512 128 0");
    }

    [Theory]
    [InlineData(300, 200)]
    [InlineData(1_100, 200)]
    public void Observe_BeforeAndAfterTheChoice_AllocatesNothing(int from, int count)
    {
        var pipeline = Pipeline(After, 1);
        Run(pipeline, Hourly, 0, from);
        var value = new double[1];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = from; i < from + count; i++)
        {
            value[0] = Hourly(i);
            pipeline.Observe(value, 3_600_000L * i);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static double Noise(int i) => new SeededRandom((ulong)i * 2_654_435_761).NextNormal();

    private static DetectionPipeline Pipeline(int after, int keep, params string[] detectors) =>
        new(Profile(new AdaptationOptions { SelectAfter = after, Keep = keep }, detectors.Length == 0 ? Candidates : detectors), 1, 7);

    private static DetectionProfile Profile(AdaptationOptions? adaptation, string[] detectors) => new()
    {
        Name = "test",
        Detectors = [.. detectors.Select(DetectorCatalog.Get).Select(e => (e, e.Defaults()))],
        Adaptation = adaptation,
        Threshold = new() { Threshold = 1 },
    };

    private static double[] Run(DetectionPipeline pipeline, Func<int, double> value, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(i => pipeline.Observe([value(i)], 3_600_000L * i).Score)];

    private static byte[] Bytes(DetectionPipeline pipeline)
    {
        var writer = new StateWriter();
        pipeline.Save(writer);
        return writer.Written.ToArray();
    }
}
