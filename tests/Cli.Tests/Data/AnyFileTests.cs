using System.Text.Json;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Data;

/// <summary>Files as people have them: columns of words, holes, infinite values, labels in words. What can be used is used, the rest is named.</summary>
public sealed class AnyFileTests : IDisposable
{
    private const int Rows = 600;
    private readonly ScratchFolder _folder = new();

    public static TheoryData<string> Formats => ["rows.csv", "rows.csv.gz", "rows.ndjson", "rows.parquet"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task EvaluateCsv_MixedFile_JudgesTheNumbersAndNamesTheRest(string name)
    {
        var file = Mixed(name);
        var (exit, output, errors) = await CommandLine.RunAsync("evaluate", "csv", "--data", file, "--detector", "ecod", "--output", "json");
        exit.ShouldBe(0, errors);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("rows").GetInt32().ShouldBe(Rows);
        json.RootElement.GetProperty("roc_auc").GetDouble().ShouldBeGreaterThan(0.99);
        var lines = errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldAllBe(l => l.StartsWith($"tidewatch: warning: {file}", StringComparison.Ordinal));
        lines.Length.ShouldBe(4, errors);
        lines[0].ShouldContain("column 'proto': 'tcp' is not a number: the column is left out");
        lines[1].ShouldEndWith("nothing stands in column 'note': the column is left out");
        lines[2].ShouldContain("column 'timestamp': ");
        lines[3].ShouldContain("is not a finite number: taken as missing, as are 2 more");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Detect_MixedFile_PassesOverRowsAndCountsThem(string name)
    {
        var file = Mixed(name);
        var (exit, output, errors) = await CommandLine.RunAsync("detect", file, "--detector", "mahalanobis", "--output", "json");
        exit.ShouldBe(0, errors);
        using var json = JsonDocument.Parse(output);
        (json.RootElement.GetProperty("rows").GetInt32(), json.RootElement.GetProperty("rows_without_a_value").GetInt32()).ShouldBe((Rows - 6, 6));
        json.RootElement.GetProperty("rows_found").EnumerateArray().ShouldContain(r => r.GetProperty("value").GetDouble() == 90);
        errors.ShouldContain("column 'proto': 'tcp' is not a number: the column is left out");
        errors.ShouldContain("as are 2 more");
        errors.ShouldNotContain("timestamp");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task TrainAndScore_MixedFile_UseTheSameColumns(string name)
    {
        var (file, model) = (Mixed(name), Path.Combine(_folder.Path, "m.twm"));
        var trained = await CommandLine.RunAsync("train", file, "--detector", "mahalanobis", "--model", model, "--output", "json");
        trained.Exit.ShouldBe(0, trained.Errors);
        trained.Errors.ShouldContain("6 rows without a value are passed over");
        var (exit, output, errors) = await CommandLine.RunAsync("score", file, "--model", model);
        exit.ShouldBe(0, errors);
        output.Split(Environment.NewLine)[0].ShouldBe("line,a,b,score,anomalous");
        output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + Rows - 6);
        errors.ShouldContain("6 rows without a value are passed over");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task CompareReportStats_MixedFile_GoThrough(string name)
    {
        var file = Mixed(name);
        string[][] lines =
        [
            ["compare", file, "--detectors", "mahalanobis"], ["report", file, "--detector", "mahalanobis", "--detectors", "mahalanobis", "--out", Path.Combine(_folder.Path, "r.html")], ["dataset", "stats", file],
            ["detect", file, "--profile", "auto"],
        ];
        foreach (var line in lines)
        {
            var (exit, output, errors) = await CommandLine.RunAsync([.. line, "--output", "json"]);
            exit.ShouldBe(0, errors);
            errors.ShouldContain("column 'proto': 'tcp' is not a number: the column is left out");
            using var json = JsonDocument.Parse(output);
            if (line[0] == "dataset")
            {
                json.RootElement.GetProperty("column_stats").EnumerateArray().Select(c => (c.GetProperty("column").GetString(), c.GetProperty("missing").GetInt32())).ShouldBe([("a", 3), ("b", 3)]);
                json.RootElement.GetProperty("file_stats")[0].GetProperty("anomalies").GetInt32().ShouldBe(3);
            }
        }
    }

    [Theory]
    [InlineData("evaluate", "csv", "--data")]
    [InlineData("detect")]
    [InlineData("compare")]
    [InlineData("dataset", "stats")]
    public async Task OneFile_AWordDeepInAColumnOfNumbers_NamesItsPlace(params string[] command)
    {
        var file = Write("deep.csv", ["a,b,label", .. Enumerable.Range(0, 300).Select(i => $"{i % 7},{(i == 250 ? "many" : $"{i % 5}")},{(i % 50 == 0 ? 1 : 0)}")]);
        var (exit, output, errors) = await CommandLine.RunAsync([.. command, file]);
        (exit, output).ShouldBe((1, ""));
        errors.ShouldContain($"{file}:252: column 'b': 'many' is not a number");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Stats_TrueAndFalse_AreNumbers(string name)
    {
        var csv = Write("switch.txt", ["a,on,label", .. Enumerable.Range(0, 200).Select(i => $"{i % 7}.5,{(i % 3 == 0 ? "true" : "false")},{(i == 150 ? "true" : "false")}")]);
        var file = ConvertedFile.Of(csv, Path.Combine(_folder.Path, name));
        var (exit, output, errors) = await CommandLine.RunAsync("dataset", "stats", file, "--output", "json");
        (exit, errors).ShouldBe((0, ""));
        using var json = JsonDocument.Parse(output);
        var on = json.RootElement.GetProperty("column_stats").EnumerateArray().Single(c => c.GetProperty("column").GetString() == "on");
        (on.GetProperty("lowest").GetDouble(), on.GetProperty("highest").GetDouble()).ShouldBe((0, 1));
        on.GetProperty("mean").GetDouble().ShouldBe(0.335, 1e-9);
        json.RootElement.GetProperty("file_stats")[0].GetProperty("anomalies").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Detect_SparseWords_AreFoundHoweverDeepTheyBegin()
    {
        var file = Write("sparse.csv", ["value2,attack", .. Enumerable.Range(0, 3_000).Select(i => $"{i % 7},{(i > 2_000 ? "dos" : "")}")]);
        var (exit, output, errors) = await CommandLine.RunAsync("detect", file, "--detector", "z-score", "--output", "json");
        exit.ShouldBe(0, errors);
        output.ShouldContain("\"rows\": 3000");
        errors.ShouldContain($"{file}:2003: column 'attack': 'dos' is not a number: the column is left out");
    }

    [Fact]
    public async Task Detect_NothingButWords_SaysWhy()
    {
        var file = Write("words.csv", "kind,place", "a,b", "c,d");
        (await CommandLine.RunAsync("detect", file)).Errors.ShouldContain($"{file}:2: column 'kind': 'a' is not a number");
        (await CommandLine.RunAsync("detect", Write("nothing.csv", "kind,place", ",", ","))).Errors.ShouldContain("nothing stands in column 'kind'");
    }

    [Fact]
    public async Task Detect_WordsInANamedOrATrainedColumn_AreAnError()
    {
        var (file, model) = (Write("t.csv", ["a,b", .. Enumerable.Range(0, 400).Select(i => $"{i % 7},{i % 5}")]), Path.Combine(_folder.Path, "t.twm"));
        (await CommandLine.RunAsync("train", file, "--detector", "mahalanobis", "--model", model)).Exit.ShouldBe(0);
        var words = Write("w.csv", "a,b", "1,tcp", "2,udp");
        (await CommandLine.RunAsync("detect", words, "--value", "a", "b", "--detector", "mahalanobis")).Errors.ShouldContain($"{words}:2: column 'b': 'tcp' is not a number");
        (await CommandLine.RunAsync("detect", words, "--model", model)).Errors.ShouldContain($"{words}:2: column 'b': 'tcp' is not a number");
        (await CommandLine.RunAsync("score", words, "--model", model)).Errors.ShouldContain($"{words}:2: column 'b': 'tcp' is not a number");
        (await CommandLine.RunAsync("score", Write("m.csv", "a", "1"), "--model", model)).Errors.ShouldContain("there is no column 'b'");
    }

    [Fact]
    public async Task Detect_TimeThatHoldsNoTimes_IsNoTime()
    {
        var file = Write("t.csv", ["time,value", .. Enumerable.Range(0, 100).Select(i => $"morning,{i % 7}")]);
        var (exit, output, errors) = await CommandLine.RunAsync("detect", file, "--detector", "z-score", "--all", "--output", "csv");
        exit.ShouldBe(0, errors);
        errors.ShouldContain($"{file}: column 'time' does not hold times such as 2026-01-31T12:00:00Z: a row is taken as a second");
        output.ShouldContain("\n2,1970-01-01T00:00:02Z,0,");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Two columns of numbers with three holes and three infinite values, a time, a column of words, an empty one, and a label in words with three anomalies.</summary>
    private string Mixed(string name)
    {
        var csv = Write("mixed.txt", [
            "a,proto,b,note,timestamp,label",
            .. Enumerable.Range(0, Rows).Select(i => string.Join(
                ',',
                i % 200 == 150 ? "90" : i switch { 20 => "inf", 120 => "-Infinity", 320 => "1e999", _ => $"{i % 7}.5" },
                i % 3 == 0 ? "tcp" : "udp",
                i switch { 50 => "", 250 => "NA", 350 => "?", _ => i % 200 == 150 ? "-70" : $"{i % 5}" },
                "",
                $"{new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i):yyyy-MM-dd HH:mm:ss}",
                i % 200 == 150 ? "attack" : "normal")),
        ]);
        return ConvertedFile.Of(csv, Path.Combine(_folder.Path, name));
    }

    private string Write(string name, params string[] lines)
    {
        var file = Path.Combine(_folder.Path, name);
        File.WriteAllLines(file, lines);
        return file;
    }
}
