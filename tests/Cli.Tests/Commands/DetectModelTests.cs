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

    [Theory]
    [InlineData("whole.csv")]
    [InlineData("whole.parquet")]
    public async Task Detect_ModelOnRowsWithoutTime_GoesOnWhereTheTrainingEnded(string name)
    {
        string[] rows = [.. Enumerable.Range(0, 900).Select(i => i == 399 ? "" : i == 700 ? "50" : $"{i % 7}.5")];
        var whole = Data.ConvertedFile.Of(Write("whole.txt", rows), Path.Combine(_folder.Path, name));
        var first = Data.ConvertedFile.Of(Write("first.txt", rows[..400]), Path.Combine(_folder.Path, "first" + Path.GetExtension(name)));
        var rest = Data.ConvertedFile.Of(Write("rest.txt", rows[400..]), Path.Combine(_folder.Path, "rest" + Path.GetExtension(name)));
        var model = Path.Combine(_folder.Path, "m.twm");
        (await CommandLine.RunAsync("train", first, "--value", "a", "--detector", "z-score", "--model", model)).Exit.ShouldBe(0);
        var expected = Judged(await CommandLine.RunAsync("detect", whole, "--value", "a", "--detector", "z-score", "--all", "--output", "csv"));
        Judged(await CommandLine.RunAsync("detect", rest, "--model", model, "--all", "--output", "csv")).ShouldBe(expected[^500..]);
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

    /// <summary>Every row's time, value and score: lines differ.</summary>
    private static string[] Judged((int Exit, string Output, string Errors) run)
    {
        run.Exit.ShouldBe(0, run.Errors);
        return [.. run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => string.Join(',', l.Split(',')[1..4]))];
    }

    private string Write(string name, string[] rows)
    {
        var file = Path.Combine(_folder.Path, name);
        File.WriteAllLines(file, ["a,b", .. rows.Select(r => $"{r},1")]);
        return file;
    }
}
