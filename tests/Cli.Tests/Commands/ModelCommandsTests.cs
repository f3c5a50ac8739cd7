using System.Text.Json;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

public sealed class ModelCommandsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string Model => Path.Combine(_folder.Path, "models", "pump.twm");

    [Fact]
    public async Task Score_AfterTrainingOnTheFirstHalf_IsWhatDetectSaysOfTheSecond()
    {
        var whole = _folder.WriteSeries("whole", 1_000, 900);
        var lines = await File.ReadAllLinesAsync(whole, TestContext.Current.CancellationToken);
        var (first, second) = (Write("first.csv", lines[..601]), Write("second.csv", [lines[0], .. lines[601..]]));
        (await CommandLine.RunAsync("train", first, "--detector", "z-score", "--model", Model)).Exit.ShouldBe(0);
        var expected = Scores((await CommandLine.RunAsync("detect", whole, "--detector", "z-score", "--all", "--output", "csv")).Output, 3)[600..];
        var (exit, output, errors) = await CommandLine.RunAsync("score", second, "--model", Model);
        (exit, errors).ShouldBe((0, ""));
        Scores(output, 2).ShouldBe(expected);
    }

    [Fact]
    public async Task Train_BatchDetector_RanksTheOutlierAboveEveryFittedRow()
    {
        var train = Write("train.csv", ["x,y,label", .. Enumerable.Range(0, 300).Select(i => $"{i % 7},{i % 5},0")]);
        (await CommandLine.RunAsync("train", train, "--detector", "tabular-ensemble", "--model", Model, "--most-rows", "100", "--threshold", "0.99")).Exit.ShouldBe(0);
        var (_, output, _) = await CommandLine.RunAsync("score", Write("new.csv", "y,x", "2,3", "90,-80"), "--model", Model, "--output", "json");
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("anomalies").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("rows_scored")[1].GetProperty("x").GetDouble().ShouldBe(-80);
        json.RootElement.GetProperty("rows_scored")[1].GetProperty("score").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task Train_BatchDetectorWithoutAThreshold_FlagsOneFittedRowInAHundred()
    {
        var random = new Random(4);
        var train = Write("train.csv", ["x,y", .. Enumerable.Range(0, 1_000).Select(_ => $"{random.Next(10_000)},{random.Next(10_000)}")]);
        (await CommandLine.RunAsync("train", train, "--detector", "ecod", "--batch", "--model", Model)).Exit.ShouldBe(0);
        var (exit, output, errors) = await CommandLine.RunAsync("score", train, "--model", Model, "--output", "json");
        (exit, errors).ShouldBe((0, ""));
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("threshold").GetDouble().ShouldBe(0.99);
        json.RootElement.GetProperty("anomalies").GetInt32().ShouldBeInRange(5, 10); // Rows of equal scores share a rank.
    }

    [Fact]
    public async Task Inspect_TrainedModel_PrintsWhatItIs()
    {
        await CommandLine.RunAsync("train", _folder.WriteSeries("s", 400, 5), "--detector", "z-score", "--model", Model, "--options", """{"window": 50}""", "--seed", "18446744073709551615");
        var (exit, output, _) = await CommandLine.RunAsync("model", "inspect", Model, "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("detector").GetString().ShouldBe("z-score");
        json.RootElement.GetProperty("options").GetString()!.ShouldContain("\"window\":50");
        json.RootElement.GetProperty("rows").GetInt32().ShouldBe(400);
        json.RootElement.GetProperty("seed").GetString().ShouldBe("18446744073709551615");
    }

    [Fact]
    public async Task List_OneDamaged_ListsBothAndSaysWhatIsWrong()
    {
        await CommandLine.RunAsync("train", _folder.WriteSeries("s", 400, 5), "--detector", "z-score", "--model", Model);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "models", "zero.twm"), "no model at all", TestContext.Current.CancellationToken);
        var (exit, output, _) = await CommandLine.RunAsync("model", "list", _folder.Path, "--output", "csv");
        exit.ShouldBe(0);
        output.ShouldContain("pump.twm,stream,z-score,value,400,");
        output.ShouldContain("zero.twm: no model file");
    }

    [Theory]
    [InlineData("""{"window": 3}""", "between 4 and 100000")]
    [InlineData("""{"windows": 50}""", "there are window, warmUp, width")]
    public async Task Train_WrongOptions_IsTwoAndNamesThem(string options, string problem)
    {
        var (exit, _, errors) = await CommandLine.RunAsync("train", _folder.WriteSeries("s", 400, 5), "--detector", "z-score", "--model", Model, "--options", options);
        exit.ShouldBe(2);
        errors.ShouldContain(problem);
    }

    [Fact]
    public async Task Train_TooFewRows_IsOneAndSaysSo() =>
        (await CommandLine.RunAsync("train", _folder.WriteSeries("s", 10, 5), "--detector", "z-score", "--model", Model)).Errors.ShouldContain("10 rows do not warm up 'z-score'");

    [Fact]
    public async Task Score_FileWithoutTheModelsColumn_NamesIt()
    {
        await CommandLine.RunAsync("train", _folder.WriteSeries("s", 400, 5), "--detector", "z-score", "--model", Model);
        var (exit, _, errors) = await CommandLine.RunAsync("score", Write("other.csv", "timestamp,weight", "2026-01-01,1"), "--model", Model);
        exit.ShouldBe(1);
        errors.ShouldContain("there is no column 'value'; there are timestamp, weight");
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Scores(string csv, int column) => [.. csv.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')[column])];

    private string Write(string name, params string[] lines)
    {
        var file = Path.Combine(_folder.Path, name);
        File.WriteAllLines(file, lines);
        return file;
    }
}
