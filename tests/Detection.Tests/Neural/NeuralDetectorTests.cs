using Shouldly;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Neural;

public sealed class NeuralDetectorTests
{
    public static TheoryData<string> Names => ["adversarial", "autoencoder", "convolution-memory", "lstm-autoencoder", "variational-autoencoder"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_BrokenRhythm_IsFarAboveTheUsual(string name)
    {
        var detector = Create(name);
        Learn(detector, 0, 600);
        var usual = Probe(detector, 600, Wave(600));
        usual.ShouldBeLessThan(0.5);
        Probe(detector, 600, Wave(600) + 6).ShouldBeGreaterThan(Math.Max(0.5, usual + 0.15));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_InMidTraining_ContinuesToTheBit(string name)
    {
        var original = Create(name);
        Learn(original, 0, 285);
        original.IsWarm.ShouldBeFalse();
        var writer = new StateWriter();
        original.Save(writer);
        var copy = Create(name);
        var reader = new StateReader(writer.Written);
        copy.Load(ref reader);
        reader.Remaining.ShouldBe(0);

        Learn(original, 285, 400);
        Learn(copy, 285, 400);
        original.IsWarm.ShouldBeTrue();
        Probe(copy, 400, 3).ShouldBe(Probe(original, 400, 3));
    }

    [Fact]
    public void Learn_Training_SwitchesAtTheRecordedCount()
    {
        var detector = Create("autoencoder");
        Learn(detector, 0, 256 + 15 + 31);
        detector.IsWarm.ShouldBeFalse();
        Learn(detector, 256 + 15 + 31, 256 + 15 + 32);
        detector.IsWarm.ShouldBeTrue();
    }

    private static IDetector Create(string name)
    {
        var entry = DetectorCatalog.Get(name);
        return entry.Create(entry.Defaults(), new SeriesContext(1, 42));
    }

    private static double Wave(int i) => Math.Sin(2 * Math.PI * i / 24) + (0.05 * Math.Sin(i * i));

    private static void Learn(IDetector detector, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            detector.Learn(new Sample([Wave(i)], i * 60_000L));
        }
    }

    private static double Probe(IDetector detector, int i, double value) => detector.Score(new Sample([value], i * 60_000L));
}
