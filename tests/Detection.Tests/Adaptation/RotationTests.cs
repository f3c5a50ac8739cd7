using Shouldly;
using Tidewatch.Detection.Adaptation;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Adaptation;

/// <summary>An ensemble whose member that disagrees most gives its place to a spare.</summary>
public sealed class RotationTests
{
    [Fact]
    public void Observe_OneMemberDisagrees_ItsPlaceGoesToTheSpareAtTheRecordedCount()
    {
        // A clean alternation: what is ordinary to the three level detectors is a stuck-value's or a cusum's business otherwise.
        var pipeline = Pipeline(["z-score", "cusum", "ewma"], ["modified-z-score"], 300);
        Run(pipeline, 0, 299);
        pipeline.Voting.ShouldBe(["z-score", "cusum", "ewma"]);
        Run(pipeline, 299, 700);

        pipeline.Voting.ShouldBe(["z-score", "modified-z-score", "ewma"]);
    }

    [Fact]
    public void Observe_SpareDisagreesMore_WaitsOn()
    {
        var pipeline = Pipeline(["z-score", "modified-z-score", "ewma"], ["cusum"], 300);
        Run(pipeline, 0, 2_000);

        pipeline.Voting.ShouldBe(["z-score", "modified-z-score", "ewma"]);
    }

    [Fact]
    public void Load_AfterARotation_ContinuesToTheBit()
    {
        var (whole, copy) = (Pipeline(["z-score", "cusum", "ewma"], ["modified-z-score"], 300), Pipeline(["z-score", "cusum", "ewma"], ["modified-z-score"], 300));
        Run(whole, 0, 1_450);
        var reader = new StateReader(Bytes(whole));
        copy.Load(ref reader);
        Run(whole, 1_450, 300);
        Run(copy, 1_450, 300);

        copy.Voting.ShouldBe(whole.Voting);
        Bytes(copy).ShouldBe(Bytes(whole));
    }

    private static DetectionPipeline Pipeline(string[] voting, string[] spares, int every)
    {
        var profile = new DetectionProfile { Name = "test", Detectors = Entries(voting), Spares = Entries(spares), Adaptation = new AdaptationOptions { Spares = spares, RotateEvery = every } };
        return new DetectionPipeline(profile, 1, 7);
    }

    private static (DetectorEntry Entry, DetectorOptions Options)[] Entries(string[] names) => [.. names.Select(DetectorCatalog.Get).Select(e => (e, e.Defaults()))];

    private static void Run(DetectionPipeline pipeline, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            pipeline.Observe([(5 * Math.Sin(i * 2 * Math.PI / 97)) + new SeededRandom((ulong)i * 2_654_435_761).NextNormal()], 60_000L * i);
        }
    }

    private static byte[] Bytes(DetectionPipeline pipeline)
    {
        var writer = new StateWriter();
        pipeline.Save(writer);
        return writer.Written.ToArray();
    }
}
