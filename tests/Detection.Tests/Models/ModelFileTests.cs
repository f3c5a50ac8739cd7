using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Detectors;
using Tidewatch.Detection.Models;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Tests.Contract;
using Xunit;

namespace Tidewatch.Detection.Tests.Models;

public sealed class ModelFileTests
{
    /// <summary>A z-score of window 4 that learned 10, 11, 12 and 13, as version 1 wrote it.</summary>
    private const string VersionOne = 
        "iVRXTQ0KGgoBAQcAAAB6LXNjb3JlIQAAAHsid2luZG93Ijo0LCJ3YXJtVXAiOjIsIndpZHRoIjozfQEAAAADAAAAAAAAAAQAAAAAAAAAQQAAAAEAAAAAAAAAAAAAJ0AAAAAAAAAAAAAAAAAAABRABAAAAAAAAAAAACRAAAAAAAAAJkAAAAAAAAAoQAAAAAAAACpALPiYjdUIpFx4jB1OICOaV2G1GsrRlDvoMIbzZ2egc1I=";

    /// <summary>The same detector and values as version 2 wrote them.</summary>
    private const string VersionTwo =
        "iVRXTQ0KGgoCAQcAAAB6LXNjb3JlIQAAAHsid2luZG93Ijo0LCJ3YXJtVXAiOjIsIndpZHRoIjozfQEAAAAIAAAAcHJlc3N1cmUDAAAAAAAAAAQAAAAAAAAAAAAAAAAA4D9BAAAAAQAAAAAAAAAAAAAnQAAAAAAAAAAAAAAAAAAAFEAEAAAAAAAAAAAAJEAAAAAAAAAmQAAAAAAAAChAAAAAAAAAKkC7ElPutGdjSVmredlva6fXBI08gXoPDrmh0ifpG3Gj4w==";

    public static TheoryData<string> Batches => [.. BatchCatalog.All.Select(e => e.Name)];

    public static TheoryData<string, int> Streams => ContractSeries.Cases;

    [Theory]
    [MemberData(nameof(Streams))]
    public void Read_EveryStreamDetector_GoesOnWithTheSameScores(string name, int dimension)
    {
        var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
        var detector = series.Warm();
        var entry = DetectorCatalog.Get(name);
        var copy = ModelFile.Read(ModelFile.Write(SavedModel.Of(entry, entry.Defaults(), [.. Enumerable.Range(0, dimension).Select(i => $"c{i}")], 5, series.Steps, detector))).OpenStream();
        for (var i = 0; i < 20; i++)
        {
            var sample = series.Next();
            copy.Score(sample).ShouldBe(detector.Score(sample));
            copy.Learn(sample);
            detector.Learn(sample);
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Read_EveryBatchDetector_ScoresTheSame(string name)
    {
        var rows = Table();
        var model = SavedModel.Of(BatchCatalog.Get(name), BatchCatalog.Get(name).Defaults(), ["a", "b"], 7, rows);
        var (first, second) = (new double[3], new double[3]);
        double[] fresh = [0.1, 0.2, 30, -30, 1, 1];
        model.OpenBatch().Raw(fresh, first);
        var copy = ModelFile.Read(ModelFile.Write(model)).OpenBatch();
        copy.Raw(fresh, second);
        second.ShouldBe(first);
        copy.RankOf(double.NegativeInfinity).ShouldBe(0);
        copy.RankOf(double.PositiveInfinity).ShouldBe(1);
        copy.RankOf(first[1]).ShouldBeGreaterThan(copy.RankOf(first[0]));
    }

    [Fact]
    public void Read_WhatWasWritten_ComesBack()
    {
        var model = ModelFile.Read(ModelFile.Write(Small() with { Threshold = 0.25, LastMs = 1_769_860_800_000 }));
        (model.Version, model.Kind, model.Detector, model.Seed, model.Rows, model.LastMs, model.Threshold).ShouldBe((3, ModelKind.Stream, "z-score", 3UL, 4L, 1_769_860_800_000L, 0.25));
        model.Columns.ShouldBe(["pressure"]);
        model.Options.ShouldBe(new ZScoreOptions { Window = 4, WarmUp = 2 });
    }

    [Fact]
    public void Read_VersionOne_HasUnnamedColumnsAndTheSameScores()
    {
        var model = ModelFile.Read(Convert.FromBase64String(VersionOne));
        (model.Version, model.Threshold).ShouldBe((1, 0.5));
        model.Columns.ShouldBe(["value0"]);
        var sample = new Sample([20.0], 0);
        model.OpenStream().Score(sample).ShouldBe(Small().OpenStream().Score(sample));
        ModelFile.Read(ModelFile.Write(model)).Version.ShouldBe(ModelFile.Newest);
    }

    [Fact]
    public void Read_VersionTwo_TookASecondARow()
    {
        var model = ModelFile.Read(Convert.FromBase64String(VersionTwo));
        (model.Version, model.Rows, model.LastMs, model.Threshold).ShouldBe((2, 4, 4_000, 0.5));
        model.Columns.ShouldBe(["pressure"]);
        var sample = new Sample([20.0], 0);
        model.OpenStream().Score(sample).ShouldBe(Small().OpenStream().Score(sample));
        ModelFile.Read(ModelFile.Write(model)).LastMs.ShouldBe(4_000);
    }

    [Fact]
    public void Read_OneBitTurned_NamesTheChecksum()
    {
        var bytes = ModelFile.Write(Small());
        bytes[40] ^= 1;
        Should.Throw<ModelFormatException>(() => ModelFile.Read(bytes)).Message.ShouldContain("checksum");
    }

    [Fact]
    public void Read_NewerVersion_SaysSo()
    {
        var bytes = ModelFile.Write(Small());
        bytes[8] = ModelFile.Newest + 1;
        Should.Throw<ModelFormatException>(() => ModelFile.Read(Signed(bytes))).Message.ShouldContain("newer release");
    }

    [Theory]
    [InlineData("{\"window\":4,\"warmUp\":2,\"width\":3}", "{\"window\":1,\"warmUp\":2,\"width\":3}", "between 4 and 100000")]
    [InlineData("{\"window\":4,\"warmUp\":2,\"width\":3}", "{\"$type\":4,\"warmUp\":2,\"width\":3}", "$type")]
    [InlineData("z-score", "z-scare", "there is no detector 'z-scare'")]
    public void Read_SignedButWrong_NamesIt(string old, string changed, string message)
    {
        var bytes = ModelFile.Write(Small());
        var text = Encoding.Latin1.GetString(bytes);
        var place = text.IndexOf(old, StringComparison.Ordinal);
        Encoding.Latin1.GetBytes(changed.PadRight(old.Length)).CopyTo(bytes, place);
        Should.Throw<ModelFormatException>(() => ModelFile.Read(Signed(bytes))).Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("""{"members":["knn","kn"]}""", "there is no batch detector 'kn'")]
    [InlineData("""{"members":[null]}""", "there is no batch detector ''")]
    [InlineData("""{"members":[]}""", "1 to 32")]
    public void Options_MembersThatAreNone_AreNamed(string json, string message) =>
        Should.Throw<System.ComponentModel.DataAnnotations.ValidationException>(() => OptionsJson.Read(json, typeof(TabularEnsembleBatchOptions))).Message.ShouldContain(message);

    [Fact]
    public void Read_ManyColumnsUnderGreatWindows_IsRefusedBeforeMemoryIsTaken()
    {
        var model = Small() with { Options = new ZScoreOptions { Window = 100_000 }, Columns = [.. Enumerable.Range(0, 1_000).Select(i => $"c{i}")] };
        Should.Throw<ModelFormatException>(() => ModelFile.Read(ModelFile.Write(model))).Message.ShouldContain("100000000 values");
    }

    [Fact]
    public void OpenBatch_OfAStream_SaysSo() => Should.Throw<ModelFormatException>(() => Small().OpenBatch());

    internal static SavedModel Small()
    {
        var (entry, options) = (DetectorCatalog.Get("z-score"), new ZScoreOptions { Window = 4, WarmUp = 2 });
        var detector = entry.Create(options, new SeriesContext(1, 3));
        foreach (var value in new[] { 10.0, 11, 12, 13 })
        {
            detector.Learn(new Sample([value], 0));
        }

        return SavedModel.Of(entry, options, ["pressure"], 3, 4, detector);
    }

    internal static double[] Table()
    {
        var random = new SeededRandom(4);
        return [.. Enumerable.Range(0, 400).Select(_ => random.NextNormal())];
    }

    /// <summary>The bytes with a checksum that fits.</summary>
    internal static byte[] Signed(byte[] bytes)
    {
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes)).CopyTo(bytes, bytes.Length - SHA256.HashSizeInBytes);
        return bytes;
    }
}
