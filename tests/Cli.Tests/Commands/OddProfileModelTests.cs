using System.Security.Cryptography;
using Shouldly;
using Tidewatch.Detection.Models;
using Tidewatch.Detection.State;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

/// <summary>Models of profiles that nobody trained: rows judged, or an error that names the file; nothing else, and never much memory.</summary>
public sealed class OddProfileModelTests : IDisposable
{
    private const long MostAllocated = 256L << 20;
    private readonly ScratchFolder _folder = new();

    private string Model => Path.Combine(_folder.Path, "pump.twm");

    [Fact]
    public async Task Detect_MutatedAndSignedAgain_JudgesOrNamesTheFile()
    {
        await TrainAsync();
        var (original, rows, random) = (await File.ReadAllBytesAsync(Model, TestContext.Current.CancellationToken), _folder.WriteSeries("rows", 3, 1), new SeededRandom(3));
        for (var i = 0; i < 300; i++)
        {
            await File.WriteAllBytesAsync(Model, Signed(Mutate(original, ref random)), TestContext.Current.CancellationToken);
            var before = GC.GetTotalAllocatedBytes();
            var (exit, _, errors) = await CommandLine.RunAsync("score", rows, "--model", Model);
            (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(MostAllocated, $"mutation {i}");
            (exit == 0 || (exit == 1 && (errors.Contains(Model, StringComparison.Ordinal) || errors.Contains(rows, StringComparison.Ordinal)))).ShouldBeTrue($"mutation {i}: {exit} {errors}");
        }
    }

    [Theory]
    [InlineData("LearnGate", "-4", "LearnGate")]
    [InlineData("LearnGate", "many", "LearnGate")]
    [InlineData("Profile", "none", "there is no profile 'none'")]
    [InlineData("Profiles:0:Match", "", "Match is empty")]
    [InlineData("Threshold", "0.9", "train it again")]
    public async Task Detect_SettingsThatAreNotTheModels_NamesThem(string name, string value, string problem)
    {
        await TrainAsync();
        await ChangeAsync(o => o with { Settings = new Dictionary<string, string?>(o.Settings) { [name] = value } });
        await RefusedAsync(problem);
    }

    [Fact]
    public async Task Detect_MadeByAReleaseThatJudgesOtherwise_SaysToTrainAgain()
    {
        await TrainAsync();
        await ChangeAsync(o => o with { Rules = "0" });
        await RefusedAsync("profile 'iot' otherwise than the one that trained the model: train it again");
    }

    public void Dispose() => _folder.Dispose();

    private async Task TrainAsync() => (await CommandLine.RunAsync("train", _folder.WriteSeries("pump", 600, 500), "--profile", "iot", "--model", Model)).Exit.ShouldBe(0);

    private async Task RefusedAsync(string problem)
    {
        var (exit, _, errors) = await CommandLine.RunAsync("detect", _folder.WriteSeries("rows", 3, 1), "--model", Model);
        exit.ShouldBe(1);
        errors.ShouldContain(Model);
        errors.ShouldContain(problem);
    }

    private async Task ChangeAsync(Func<PipelineOptions, PipelineOptions> change)
    {
        var saved = ModelFile.Read(await File.ReadAllBytesAsync(Model, TestContext.Current.CancellationToken));
        await File.WriteAllBytesAsync(Model, ModelFile.Write(saved with { Options = change((PipelineOptions)saved.Options) }), TestContext.Current.CancellationToken);
    }

    /// <summary>One to four places changed, half of them near the front where names, settings and lengths stand, or a cut.</summary>
    private static byte[] Mutate(byte[] original, ref SeededRandom random)
    {
        var bytes = random.Next(8) == 0 ? original[..(60 + random.Next(original.Length - 60))] : original.ToArray();
        for (var changes = 1 + random.Next(4); changes > 0; changes--)
        {
            var reach = random.Next(2) == 0 ? Math.Min(bytes.Length, 300) : bytes.Length;
            bytes[8 + random.Next(reach - 8)] = (byte)random.Next(256);
        }

        return bytes;
    }

    /// <summary>The bytes with a checksum that fits.</summary>
    private static byte[] Signed(byte[] bytes)
    {
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes)).CopyTo(bytes, bytes.Length - SHA256.HashSizeInBytes);
        return bytes;
    }
}
