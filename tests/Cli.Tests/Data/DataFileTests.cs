using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Data;

/// <summary>The same series in every format gives the same anomalies; what is wrong in a file is named with its place.</summary>
public sealed class DataFileTests : IDisposable
{
    private const int Spike = 900;
    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("series.csv.gz")]
    [InlineData("series.ndjson")]
    [InlineData("series.jsonl.gz")]
    [InlineData("series.parquet")]
    public async Task Detect_EveryFormat_FindsWhatTheCsvHas(string name)
    {
        var csv = _folder.WriteSeries("series", 1_000, Spike);
        var expected = Rows(await CommandLine.RunAsync("detect", csv, "--detector", "z-score", "--output", "csv"));
        expected.ShouldContain(r => r.StartsWith("2014-01-01T15:00:00Z,900,", StringComparison.Ordinal));
        Rows(await CommandLine.RunAsync("detect", ConvertedFile.Of(csv, Path.Combine(_folder.Path, name)), "--detector", "z-score", "--output", "csv")).ShouldBe(expected);
    }

    [Fact]
    public async Task Detect_NdjsonWithAWordAfterAnEmptyLine_NamesTheLineAsEditorsCountIt()
    {
        var file = Write("bad.ndjson", """{"timestamp":"2026-01-01T00:00:00Z","value":1}""", "", """{"timestamp":"2026-01-01T00:01:00Z","value":"many"}""");
        var (exit, output, errors) = await CommandLine.RunAsync("detect", file, "--output", "json");
        (exit, output).ShouldBe((1, ""));
        errors.ShouldContain($"{file}:3: column 'value': 'many' is not a number");
    }

    [Fact]
    public async Task Detect_NdjsonWithNothingThere_CountsTheRow()
    {
        var file = Write("null.ndjson", """{"timestamp":"2026-01-01T00:00:00Z","value":1}""", """{"timestamp":"2026-01-01T00:01:00Z","value":null}""");
        (await CommandLine.RunAsync("detect", file)).Output.ShouldContain("rows_without_a_value: 1");
        (await CommandLine.RunAsync("compare", Write("label.ndjson", """{"value":1,"bad":0}""", """{"value":2,"bad":null}"""), "--label", "bad")).Errors.ShouldContain("label.ndjson:2: column 'bad': nothing there, a label");
    }

    [Fact]
    public async Task Detect_BrokenJson_NamesTheLine()
    {
        var file = Write("broken.ndjson", """{"timestamp":"2026-01-01T00:00:00Z","value":1}""", """{"timestamp":""");
        var (exit, _, errors) = await CommandLine.RunAsync("detect", file);
        exit.ShouldBe(1);
        errors.ShouldContain($"{file}:2: ");
    }

    [Fact]
    public async Task Detect_ParquetThatIsNone_NamesTheFile()
    {
        var file = Write("none.parquet", "PAR? no");
        var (exit, _, errors) = await CommandLine.RunAsync("detect", file);
        exit.ShouldBe(1);
        errors.ShouldContain(file);
        errors.ShouldNotContain(" at DuckDB");
    }

    [Fact]
    public async Task Detect_ArchiveThatIsNone_NamesTheFile()
    {
        var file = Write("none.csv.gz", "timestamp,value");
        var (exit, _, errors) = await CommandLine.RunAsync("detect", file);
        exit.ShouldBe(1);
        errors.ShouldContain($"{file}: damaged");
    }

    [Theory]
    [InlineData("nowhere.parquet", "no such file")]
    [InlineData("nowhere.xlsx", "no such file")]
    public async Task Detect_NoSuchFile_SaysSo(string name, string problem) =>
        (await CommandLine.RunAsync("detect", Path.Combine(_folder.Path, name))).Errors.ShouldContain(problem);

    [Fact]
    public async Task Detect_UnknownEnding_ListsTheFormats() =>
        (await CommandLine.RunAsync("detect", Write("a.xlsx", "x"))).Errors.ShouldContain("Parquet (.parquet)");

    [Fact]
    public async Task Detect_NoSuchColumn_ListsTheColumnsThereAre() =>
        (await CommandLine.RunAsync("detect", _folder.WriteSeries("s", 10, 5), "--value", "weight")).Errors.ShouldContain("there is no column 'weight'; there are timestamp, value");

    [Fact]
    public async Task Detect_SeveralColumnsWithoutTime_AreFeatures()
    {
        var file = Write("rows.csv", ["a,b", .. Enumerable.Range(0, 400).Select(i => i == 390 ? "3,90" : $"{i % 7},{i % 5}")]);
        var (exit, output, errors) = await CommandLine.RunAsync("detect", file, "--detector", "mahalanobis", "--output", "csv");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldContain("\n392,");
    }

    [Theory]
    [InlineData("mahalanobis")]
    [InlineData("knn")]
    public async Task Detect_Explain_NamesTheValueAtFaultAndWhatWouldBeNormal(string detector)
    {
        var file = Write("rows.csv", ["a,b,c", .. Enumerable.Range(0, 400).Select(i => i == 390 ? "3,90,1" : $"{i % 7},{i % 5},{i % 3}")]);
        var (exit, output, errors) = await CommandLine.RunAsync("detect", file, "--detector", detector, "--explain", "--output", "csv");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldStartWith("line,time,value,score,severity,expected_lower,expected_upper,why,nearest_normal");
        var row = output.Split(Environment.NewLine).Single(l => l.StartsWith("392,", StringComparison.Ordinal));
        row.ShouldMatch("\"?b (9[0-9]|100)%");
        row.ShouldMatch(",\"?b -?[0-9.]+\"?$");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Every found row without its line: formats count those differently.</summary>
    private static string[] Rows((int Exit, string Output, string Errors) run)
    {
        (run.Exit, run.Errors).ShouldBe((0, ""));
        return [.. run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l[(l.IndexOf(',', StringComparison.Ordinal) + 1)..])];
    }

    private string Write(string name, params string[] lines)
    {
        var file = Path.Combine(_folder.Path, name);
        File.WriteAllLines(file, lines);
        return file;
    }
}
