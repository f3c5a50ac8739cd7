using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

/// <summary><c>tidewatch detect</c> with a model of one's own.</summary>
public sealed class DetectModelTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Detect_OnnxFile_ScoresEveryRowByIt()
    {
        var model = Path.Combine(_folder.Path, "own.onnx");
        await File.WriteAllBytesAsync(model, OnnxBytes.Linear([1], -70, 1), TestContext.Current.CancellationToken);
        var (exit, output, errors) = await CommandLine.RunAsync(
            "detect", _folder.WriteSeries("pump", 300, 200), "--detector", "onnx", "--options", $$"""{"path": "{{model}}", "half": 83}""", "--output", "csv", "--all");
        (exit, errors).ShouldBe((0, ""));
        var scores = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(l => double.Parse(l.Split(',')[3], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        scores[200].ShouldBe(830.0 / (830 + 83), 1e-6);
        scores.Where((_, i) => i != 200).ShouldAllBe(s => s == 0);
    }

    [Fact]
    public async Task Detect_OnnxFileOfAnotherWidth_SaysWhatIsWanted()
    {
        var model = Path.Combine(_folder.Path, "wide.onnx");
        await File.WriteAllBytesAsync(model, OnnxBytes.Linear([1, 1, 1], 0, 3), TestContext.Current.CancellationToken);
        var file = _folder.WriteSeries("pump", 10, 5);
        var (exit, _, errors) = await CommandLine.RunAsync("detect", file, "--detector", "onnx", "--options", $$"""{"path": "{{model}}"}""");
        exit.ShouldBe(1);
        errors.ShouldContain("input 'x' is Single[any, 3], wanted is Single[any, 1]");
        (exit, _, errors) = await CommandLine.RunAsync("detect", file, "--detector", "onnx");
        exit.ShouldBe(2);
        errors.ShouldContain("no ONNX model is named");
    }
}
