using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

/// <summary>Folders that nobody tidied: what can be judged is judged, the rest is named with the reason.</summary>
public sealed class OddFoldersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidewatch-odd-").FullName;

    [Fact]
    public async Task EvaluateNab_OddFiles_JudgesTheOthersAndNamesThem()
    {
        var good = Series(900, i => i is >= 600 and < 610 ? 500 : 10 + (i % 6));
        Write("data/deep/er/good.csv", good);
        Write("data/x/gaps.csv", [good[0], .. good.Skip(1).Select((l, i) => i % 9 == 0 ? $"{l.Split(',')[0]},{(i % 2 == 0 ? "" : "NaN")}" : l)]);
        Write("data/x/backward.csv", [good[0], .. good.Skip(1).Reverse()]);
        Write("data/x/unlabelled.csv", good);
        Write("data/x/words.csv", ["timestamp,value", "2026-01-01 00:00:00,many"]);
        Write("data/x/headless.csv", []);
        Write("data/x/empty.csv", ["timestamp,value"]);
        Write("data/x/null.csv", Series(200, i => i % 6));
        const string Window = """[["2026-01-01 09:55:00.000000", "2026-01-01 10:15:00.000000"]]""";
        Write("labels/combined_windows.json", [$$"""{"deep/er/good.csv": {{Window}}, "x/gaps.csv": {{Window}}, "x/backward.csv": {{Window}}, "x/words.csv": [], "x/headless.csv": [], "x/empty.csv": [], "x/null.csv": null, "absent/z.csv": {{Window}}}"""]);
        var (exit, output, _) = await CommandLine.RunAsync("evaluate", "nab", "--data", _folder, "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("files_judged").GetInt32().ShouldBe(4);
        json.RootElement.GetProperty("windows").GetInt32().ShouldBe(3);
        json.RootElement.GetProperty("standard").GetDouble().ShouldBeGreaterThan(60);
        Reasons(json).Select(r => r.File).ShouldBe(["x/empty.csv", "x/headless.csv", "x/unlabelled.csv", "x/words.csv"]);
        Reasons(json)[3].Reason.ShouldContain("words.csv:2: column 'value': 'many'");
    }

    [Fact]
    public async Task EvaluateAdbench_OddSets_JudgesTheOthersAndNamesThem()
    {
        string[] good = ["f0,f1,label", .. Enumerable.Range(0, 120).Select(i => i % 40 == 0 ? "50,50,1" : $"{i % 11},{i % 13},0")];
        Write("good.csv", good);
        Write("first.csv", [.. good.Select(l => l.Split(',') is [var a, var b, var c] ? $"{c},{a},{b}" : "")]);
        Write("words.csv", ["f0,f1,label", "a,tcp,normal", "b,udp,anomaly"]);
        Write("mixed.csv", [.. good.Select((l, i) => i == 0 ? $"proto,{l}" : i == 110 ? $"udp,many,{l.Split(',', 2)[1]}" : i == 111 ? $"tcp,-inf,{l.Split(',', 2)[1]}" : $"tcp,{l}")]);
        Write("named.csv", [good[0], .. good.Skip(1).Select(l => l.EndsWith('1') ? $"{l[..^1]}anomaly" : $"{l[..^1]}Normal")]);
        Write("holes.csv", [.. good.Select((l, i) => i % 5 == 3 ? $",{l.Split(',', 2)[1]}" : l)]);
        Write("calm.csv", [.. good.Select(l => l.Replace(",1", ",0", StringComparison.Ordinal))]);
        Write("flat.csv", ["f0,label", "1,0", "1,1"]);
        Write("short.csv", ["f0,f1,label", "1,2"]);
        Write("index.csv", ["name,n", "x,1"]);
        var (exit, output, errors) = await CommandLine.RunAsync("evaluate", "adbench", "--data", _folder, "--detectors", "ecod", "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        var mixed = Path.Combine(_folder, "mixed.csv");
        errors.ShouldContain($"{mixed}:2: column 'proto': 'tcp' is not a number: the column is left out");
        errors.ShouldContain($"{mixed}:111: column 'f0': 'many' is not a number: taken as missing");
        errors.ShouldContain($"{mixed}:112: column 'f0': '-inf' is not a finite number: taken as missing");
        Reasons(json)[3].Reason.ShouldContain("words.csv:2: column 'f0': 'a' is not a number");
        Reasons(json).Select(r => r.File).ShouldBe(["calm.csv", "flat.csv", "short.csv", "words.csv"]);
        var scores = json.RootElement.GetProperty("sets_by_detector").EnumerateArray().ToDictionary(s => s.GetProperty("set").GetString()!, s => s.GetProperty("roc_auc").GetDouble());
        scores.Keys.ShouldBe(["first", "good", "holes", "mixed", "named"]);
        scores["first"].ShouldBe(scores["good"], 1e-12);
        scores["named"].ShouldBe(scores["good"], 1e-12);
        scores["mixed"].ShouldBe(scores["good"], 0.01);
        scores["holes"].ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public async Task EvaluateSkab_ShortRun_IsNamedAndTheOtherJudged()
    {
        Write("a/long.csv", Run(700));
        Write("b/short.csv", Run(300));
        var (exit, output, _) = await CommandLine.RunAsync("evaluate", "skab", "--data", _folder, "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("files").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("mar").GetDouble().ShouldBeLessThan(0.05);
        json.RootElement.GetProperty("far").GetDouble().ShouldBeLessThan(0.2);
        Reasons(json)[0].Reason.ShouldContain("300 rows");
    }

    [Fact]
    public async Task EvaluateSkab_FoldersGapsAndWords_JudgesWhatIsThereAndNamesTheBadFile()
    {
        var run = Run(700);
        Write("valve1/0.csv", run);
        Write("valve1/commas.csv", run.Select(l => l.Replace(';', ',')));
        Write("other/deep/gaps.csv", run.Select((l, i) => i % 9 == 4 ? Changed(l, i % 2 == 0 ? "" : "NaN") : i == 300 ? Changed(l, "stuck") : i == 305 ? Changed(l, "inf") : l));
        Write("other/words.csv", run.Select((l, i) => i == 0 ? $"pump;{l}" : $"main;{l}"));
        Write("anomaly-free/calm.csv", run.Select(l => string.Join(';', l.Split(';')[..3])));
        Write("bad/torn.csv", [.. run[..600], "2026-01-01 00:00:01;1"]);
        Write("bad/labels.csv", run.Select((l, i) => i == 20 ? l.Replace("0.0;0", "maybe;0", StringComparison.Ordinal) : l));
        var (exit, output, errors) = await CommandLine.RunAsync("evaluate", "skab", "--data", _folder, "--output", "json");
        exit.ShouldBe(0, errors);
        using var json = JsonDocument.Parse(output);
        var runs = json.RootElement.GetProperty("runs").EnumerateArray().ToDictionary(r => r.GetProperty("file").GetString()!, r => (Far: r.GetProperty("far").GetDouble(), Mar: r.GetProperty("mar").GetDouble()));
        runs.Keys.ShouldBe(["other/deep/gaps.csv", "other/words.csv", "valve1/0.csv", "valve1/commas.csv"]);
        runs["valve1/commas.csv"].ShouldBe(runs["valve1/0.csv"]);
        runs["other/words.csv"].ShouldBe(runs["valve1/0.csv"]);
        runs["other/deep/gaps.csv"].Mar.ShouldBeLessThan(0.1);
        Reasons(json).Select(r => r.File).ShouldBe(["bad/labels.csv", "bad/torn.csv"]);
        Reasons(json)[0].Reason.ShouldContain("labels.csv:21: column 'anomaly': 'maybe' is not a label");
        Reasons(json)[1].Reason.ShouldContain("torn.csv:601: 5 fields were expected, there are 2");
        errors.ShouldContain("gaps.csv:301: column 'S1': 'stuck' is not a number: taken as missing");
        errors.ShouldContain("gaps.csv:306: column 'S1': 'inf' is not a finite number: taken as missing");
        errors.ShouldContain("words.csv:2: column 'pump': 'main' is not a number: the column is left out");
        static string Changed(string line, string s1) => line.Split(';') is [var time, _, .. var rest] ? string.Join(';', [time, s1, .. rest]) : line;
    }

    [Theory]
    [InlineData("nab", "combined_windows.json")]
    [InlineData("adbench", "no file with a column 'label'")]
    [InlineData("skab", "no file with a column 'anomaly'")]
    [InlineData("cloudwatch", "combined_windows.json")]
    public async Task Evaluate_EmptyFolder_IsOneAndSaysWhatIsMissing(string protocol, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        var (exit, output, errors) = await CommandLine.RunAsync("evaluate", protocol, "--data", _folder);
        (exit, output).ShouldBe((1, ""));
        errors.ShouldContain(expected);
    }

    [Fact]
    public async Task EvaluateCsv_TrainingFileInAnotherOrderWithoutLabel_IsReadByName()
    {
        Write("train.csv", ["y,x", .. Enumerable.Range(0, 200).Select(i => $"{1000 + (i % 5)},{i % 7}")]);
        Write("test.ndjson", [.. Enumerable.Range(0, 100).Select(i => i == 50 ? """{"x": 1000, "y": 3, "bad": true}""" : $$"""{"x": {{i % 7}}, "y": {{1000 + (i % 5)}}, "bad": false}""")]);
        var (exit, output, errors) = await CommandLine.RunAsync(
            "evaluate", "csv", "--data", Path.Combine(_folder, "test.ndjson"), "--label", "bad", "--train", Path.Combine(_folder, "train.csv"), "--detector", "mahalanobis", "--output", "json");
        (exit, errors).ShouldBe((0, ""));
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("roc_auc").GetDouble().ShouldBe(1, 1e-12);
    }

    [Fact]
    public async Task Detect_RowsWithoutAValue_PassesOverThem()
    {
        var series = Series(900, i => i == 700 ? 500 : 10 + (i % 6));
        Write("series.csv", [series[0], .. series.Skip(1).Select((l, i) => i % 50 == 3 ? $"{l.Split(',')[0]}," : l)]);
        var (exit, output, _) = await CommandLine.RunAsync("detect", Path.Combine(_folder, "series.csv"), "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("rows").GetInt32().ShouldBe(882);
        json.RootElement.GetProperty("rows_without_a_value").GetInt32().ShouldBe(18);
        json.RootElement.GetProperty("rows_found").EnumerateArray().ShouldContain(r => r.GetProperty("line").GetInt32() == 702);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (string File, string Reason)[] Reasons(JsonDocument json) =>
        [.. json.RootElement.GetProperty("left_out").EnumerateArray().Select(l => (l.GetProperty("file").GetString()!, l.GetProperty("reason").GetString()!))];

    /// <summary>A run as SKAB has them: anomalous and far off from row 500 to 600.</summary>
    private static string[] Run(int rows) =>
        ["datetime;S1;S2;anomaly;changepoint", .. Enumerable.Range(0, rows).Select(i => $"2026-01-01 00:00:{i % 60:D2};{(i * 7 % 11) + (i is >= 500 and < 600 ? 90 : 0)};{i * 5 % 13};{(i is >= 500 and < 600 ? "1.0" : "0.0")};0")];

    private static string[] Series(int rows, Func<int, int> value) =>
        ["timestamp,value", .. Enumerable.Range(0, rows).Select(i => $"{new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i):yyyy-MM-dd HH:mm:ss},{value(i)}")];

    private void Write(string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, lines);
    }
}
