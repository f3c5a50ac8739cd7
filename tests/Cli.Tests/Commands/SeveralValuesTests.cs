using System.Text.Json;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

/// <summary>A file of several values is judged by all of them, or the command says that it cannot be.</summary>
public sealed class SeveralValuesTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Detect_NoDetectorNamed_LooksAtEveryValue()
    {
        var (exit, output, errors) = await CommandLine.RunAsync("detect", Wide(), "--output", "json");
        exit.ShouldBe(0, errors);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("detector").GetString().ShouldBe("isolation-forest");
        json.RootElement.GetProperty("rows_found").EnumerateArray().ShouldContain(r => r.GetProperty("line").GetInt32() == 902);
    }

    [Fact]
    public async Task Train_NoDetectorNamed_LearnsEveryValue()
    {
        var (exit, output, errors) = await CommandLine.RunAsync("train", Wide(), "--model", Path.Combine(_folder.Path, "m.twm"), "--output", "json");
        exit.ShouldBe(0, errors);
        output.ShouldContain("\"isolation-forest\"");
    }

    [Theory]
    [InlineData("detect")]
    [InlineData("train", "--model", "m.twm")]
    public async Task DetectorOfOneValue_SeveralValues_IsRefused(string command, params string[] more)
    {
        var (exit, output, errors) = await CommandLine.RunAsync([command, Wide(), "--detector", "surprise-ensemble", .. more]);
        (exit, output).ShouldBe((2, ""));
        errors.ShouldContain("'surprise-ensemble' takes one value, 6 are given: choose one with --value");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Six values, of which the last five leave their range in one row.</summary>
    private string Wide()
    {
        var random = new Random(3);
        var path = Path.Combine(_folder.Path, "wide.csv");
        File.WriteAllLines(path, ["a,b,c,d,e,f", .. Enumerable.Range(0, 1_000).Select(i => string.Join(',', Enumerable.Range(0, 6).Select(c => $"{random.Next(100) + (i == 900 && c > 0 ? 900 : 0)}")))]);
        return path;
    }
}
