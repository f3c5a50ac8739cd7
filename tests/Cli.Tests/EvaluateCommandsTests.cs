using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tidewatch.Cli.Tests;

public sealed class EvaluateCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidewatch-cli-").FullName;

    [Fact]
    public async Task EvaluateNab_SmallCorpus_PrintsThreeProfilesAndOnlyJson()
    {
        WriteCorpus(jump: true);
        var (exit, output, errors) = await CommandLine.RunAsync("evaluate", "nab", "--data", _folder, "--output", "json");
        (exit, errors).ShouldBe((0, ""));
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("standard").GetDouble().ShouldBeGreaterThan(80);
        json.RootElement.GetProperty("reward_low_FP_rate").GetDouble().ShouldBeGreaterThan(80);
        json.RootElement.GetProperty("reward_low_FN_rate").GetDouble().ShouldBeGreaterThan(80);
        json.RootElement.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
        json.RootElement.GetProperty("files")[0].GetProperty("windows_found").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task EvaluateNab_NothingHappensInTheWindow_ScoresLow()
    {
        WriteCorpus(jump: false);
        var (_, output, _) = await CommandLine.RunAsync("evaluate", "nab", "--data", _folder, "--output", "json");
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("standard").GetDouble().ShouldBeLessThan(60);
    }

    [Fact]
    public async Task EvaluateCohort_FirstObservationsOfNewDevices_AreJudgedOnlyWithACohort()
    {
        var (exit, output, _) = await CommandLine.RunAsync("evaluate", "cohort", "--domain", "iot", "--seeds", "1", "--first", "50", "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        var rows = json.RootElement.GetProperty("new_series").EnumerateArray().Select(r => (r.GetProperty("cohort").GetString(), r.GetProperty("anomalies").GetInt32(), r.GetProperty("found").GetInt32()));
        rows.ShouldBe([("None", 2, 0), ("Profile", 2, 2), ("LastPart", 2, 2)]);
    }

    [Theory]
    [InlineData("--first", "0", "--first 0 lies outside 1 to 100000")]
    [InlineData("--domain", "moon", "moon")]
    public async Task EvaluateCohort_WrongUsage_IsTwoAndNamesIt(string option, string value, string problem)
    {
        var (exit, _, errors) = await CommandLine.RunAsync("evaluate", "cohort", option, value);
        exit.ShouldBe(2);
        errors.ShouldContain(problem);
    }

    /// <summary>Each way to take answers has a row of its own, and without any answer all are alike.</summary>
    [Fact]
    public async Task EvaluateFeedback_NoCorrections_EveryWayFindsTheSame()
    {
        var (exit, output, _) = await CommandLine.RunAsync("evaluate", "feedback", "--domain", "iot", "--seeds", "1", "--days", "6", "--threshold", "0.3", "--corrections", "0", "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        var rows = json.RootElement.GetProperty("after_feedback").EnumerateArray().ToList();
        rows.Select(r => r.GetProperty("moves").GetString()).ShouldBe(["no answers", "gate", "threshold", "weights", "threshold, weights"]);
        rows.Select(r => (r.GetProperty("alarms").GetInt32(), r.GetProperty("found").GetInt32())).Distinct().ShouldHaveSingleItem().Item1.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("--rate", "0", "lies outside 0.01 to 10")]
    [InlineData("--threshold", "2", "lies outside 0.01 to 1")]
    [InlineData("--days", "0", "lies outside 1 to 1000")]
    public async Task EvaluateFeedback_WrongUsage_IsTwoAndNamesIt(string option, string value, string problem)
    {
        var (exit, _, errors) = await CommandLine.RunAsync("evaluate", "feedback", option, value);
        exit.ShouldBe(2);
        errors.ShouldContain($"{option} {value} {problem}");
    }

    [Fact]
    public async Task EvaluateCsv_SeparableTable_RanksItPerfectly()
    {
        var file = Path.Combine(_folder, "table.csv");
        await File.WriteAllLinesAsync(file, ["x,y,is_bad", .. Enumerable.Range(0, 200).Select(i => i % 50 == 0 ? $"{20 + i},{-30},1" : $"{i % 7},{i % 5},0")], TestContext.Current.CancellationToken);
        var (exit, output, _) = await CommandLine.RunAsync("evaluate", "csv", "--data", file, "--label", "is_bad", "--detector", "isolation-forest", "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("roc_auc").GetDouble().ShouldBe(1, 1e-12);
        json.RootElement.GetProperty("f1").GetDouble().ShouldBe(1, 1e-12);
        json.RootElement.GetProperty("warning").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task EvaluateCsv_Folds_NeverLearnsALaterRow()
    {
        var (plain, changed) = (await FoldsAsync(1), await FoldsAsync(3));
        plain.GetProperty("folds_with_both_kinds").GetInt32().ShouldBe(4);
        plain.GetProperty("roc_auc").GetDouble().ShouldBe(plain.GetProperty("folds").EnumerateArray().Average(r => r.GetProperty("roc_auc").GetDouble()), 1e-9);
        plain.GetProperty("folds")[2].GetProperty("learned_rows").GetInt32().ShouldBe(300);
        for (var fold = 0; fold < 4; fold++)
        {
            (changed.GetProperty("folds")[fold].GetRawText() == plain.GetProperty("folds")[fold].GetRawText()).ShouldBe(fold < 3, $"fold {fold + 1}");
        }
    }

    [Fact]
    public async Task EvaluateCsv_WhatIsNotThere_IsNamed()
    {
        var file = Path.Combine(_folder, "named.csv");
        await File.WriteAllLinesAsync(file, ["a,label", "1,0", "9,1"], TestContext.Current.CancellationToken);
        var (exit, _, errors) = await CommandLine.RunAsync("evaluate", "csv", "--data", file, "--ignore", "A", "day");
        (exit, errors).ShouldBe((1, $"tidewatch: {file}:1: there is no column 'day'; there are a, label{Environment.NewLine}"));
        (exit, _, errors) = await CommandLine.RunAsync("evaluate", "csv", "--data", file, "--flagged", "5");
        exit.ShouldBe(2);
        errors.ShouldContain("--flagged 5 lies outside 0 to 1");
    }

    [Theory]
    [InlineData("--folds", "0.5")]
    [InlineData("--folds", "200")]
    [InlineData("--folds", "-1")]
    public async Task EvaluateCsv_FoldsThatCannotBeMade_IsAUsageError(params string[] folds)
    {
        var file = Path.Combine(_folder, "few.csv");
        await File.WriteAllLinesAsync(file, ["x,label", .. Enumerable.Range(0, 100).Select(i => $"{i},{i % 2}")], TestContext.Current.CancellationToken);
        (await CommandLine.RunAsync(["evaluate", "csv", "--data", file, .. folds])).Exit.ShouldBe(2);
    }

    [Fact]
    public async Task EvaluateNab_MoreFoldsThanFiles_IsAUsageErrorThatSaysHowMany()
    {
        WriteCorpus(jump: true);
        var (exit, _, errors) = await CommandLine.RunAsync("evaluate", "nab", "--data", _folder, "--folds", "2");
        exit.ShouldBe(2);
        errors.ShouldContain("there are 1 files");
    }

    [Fact]
    public async Task EvaluateNab_SeveralDetectors_AreThoseOfOneEachBestFirst()
    {
        WriteCorpus(jump: true);
        var (exit, output, _) = await CommandLine.RunAsync("evaluate", "nab", "--data", _folder, "--detectors", "silence", "z-score", "range-novelty", "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        var rows = json.RootElement.GetProperty("detectors_by_score").EnumerateArray().ToArray();
        var scores = rows.Select(r => r.GetProperty("standard").GetDouble()).ToArray();
        scores.ShouldBe(scores.OrderDescending());
        rows.Select(r => r.GetProperty("detector").GetString()).Order(StringComparer.Ordinal).ShouldBe(["range-novelty", "silence", "z-score"]);
        foreach (var row in rows)
        {
            using var one = JsonDocument.Parse((await CommandLine.RunAsync("evaluate", "nab", "--data", _folder, "--detector", row.GetProperty("detector").GetString()!, "--output", "json")).Output);
            row.GetProperty("standard").GetDouble().ShouldBe(one.RootElement.GetProperty("standard").GetDouble());
            row.GetProperty("reward_low_FN_rate").GetDouble().ShouldBe(one.RootElement.GetProperty("reward_low_FN_rate").GetDouble());
        }
    }

    [Theory]
    [InlineData("--folds", "2")]
    [InlineData("--detector", "z-score")]
    public async Task EvaluateNab_SeveralDetectorsAndWhatIsForOne_IsAUsageError(params string[] other)
    {
        WriteCorpus(jump: true);
        var (exit, _, errors) = await CommandLine.RunAsync(["evaluate", "nab", "--data", _folder, "--detectors", "all", .. other]);
        exit.ShouldBe(2);
        errors.ShouldContain($"{other[0]} judges one detector");
    }

    [Fact]
    public async Task EvaluateAdbench_TwoSets_PrintsMeansAndSets()
    {
        foreach (var name in new[] { "a.csv", "b.csv" })
        {
            await File.WriteAllLinesAsync(Path.Combine(_folder, name), ["f0,f1,label", .. Enumerable.Range(0, 120).Select(i => i % 40 == 0 ? "50,50,1" : $"{i % 11},{i % 13},0")], TestContext.Current.CancellationToken);
        }

        var (exit, output, _) = await CommandLine.RunAsync("evaluate", "adbench", "--data", _folder, "--detectors", "ecod", "hbos", "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("sets").GetInt32().ShouldBe(2);
        json.RootElement.GetProperty("means").GetArrayLength().ShouldBe(2);
        json.RootElement.GetProperty("means")[0].GetProperty("roc_auc").GetDouble().ShouldBeGreaterThan(0.9);
        json.RootElement.GetProperty("sets_by_detector").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task EvaluateAdbench_OptionsOfOneDetector_AreItsOwn()
    {
        await File.WriteAllLinesAsync(Path.Combine(_folder, "one.csv"), ["f0,label", .. Enumerable.Range(0, 120).Select(i => i == 60 ? "5.5,1" : $"{i % 11},0")], TestContext.Current.CancellationToken);
        var fine = await AreaAsync("--options", "{\"bins\": 100}");
        fine.ShouldBeGreaterThan(await AreaAsync("--options", "{\"bins\": 2}"), "only narrow bins tell a value between the others");

        var (exit, _, errors) = await CommandLine.RunAsync("evaluate", "adbench", "--data", _folder, "--detectors", "ecod", "hbos", "--options", "{\"bins\": 2}");
        (exit, errors.Contains("2 are chosen", StringComparison.Ordinal)).ShouldBe((2, true), errors);

        async Task<double> AreaAsync(params string[] more)
        {
            var (code, output, error) = await CommandLine.RunAsync(["evaluate", "adbench", "--data", _folder, "--detectors", "hbos", .. more, "--output", "json"]);
            code.ShouldBe(0, error);
            using var json = JsonDocument.Parse(output);
            return json.RootElement.GetProperty("means")[0].GetProperty("roc_auc").GetDouble();
        }
    }

    [Fact]
    public async Task Detect_Spike_PrintsItsRowAsCsv()
    {
        var file = WriteSeries("series.csv", i => i == 900 ? 500 : 10 + (i % 6));
        var (exit, output, errors) = await CommandLine.RunAsync("detect", file, "--output", "csv");
        (exit, errors).ShouldBe((0, ""));
        var lines = output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("line,time,value,score,severity");
        lines.ShouldContain(l => l.StartsWith("902,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Detect_WordForANumber_NamesFileLineAndColumn()
    {
        var file = Path.Combine(_folder, "bad.csv");
        await File.WriteAllLinesAsync(file, ["timestamp,value", "2026-01-01 00:00:00,1", "2026-01-01 00:05:00,many"], TestContext.Current.CancellationToken);
        var (exit, output, errors) = await CommandLine.RunAsync("detect", file, "--output", "json");
        (exit, output).ShouldBe((1, ""));
        errors.ShouldContain($"{file}:3: column 'value': 'many' is not a number");
    }

    [Theory]
    [InlineData("evaluate", "nab")]
    [InlineData("detect", "x.csv", "--detector", "oracle-of-delphi")]
    [InlineData("nonsense")]
    public async Task Run_WrongUsage_IsTwoAndSaysHow(params string[] args)
    {
        var (exit, output, errors) = await CommandLine.RunAsync(args);
        (exit, output).ShouldBe((2, ""));
        errors.ShouldContain("--help");
    }

    [Fact]
    public async Task EvaluateNab_NoSuchFolder_IsOneAndNamesIt()
    {
        var (exit, _, errors) = await CommandLine.RunAsync("evaluate", "nab", "--data", Path.Combine(_folder, "nowhere"));
        exit.ShouldBe(1);
        errors.ShouldContain("nowhere");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Four folds of a table whose last hundred rows are multiplied by <paramref name="last"/>.</summary>
    private async Task<JsonElement> FoldsAsync(int last)
    {
        var file = Path.Combine(_folder, "folds.csv");
        await File.WriteAllLinesAsync(file, ["x,y,label", .. Enumerable.Range(0, 500).Select(i => $"{(i < 400 ? 1 : last) * (10 + (i * i % 17) + (i % 50 == 0 ? i % 9 : 0))},{i % 5},{(i % 50 == 0 ? 1 : 0)}")], TestContext.Current.CancellationToken);
        var (exit, output, errors) = await CommandLine.RunAsync("evaluate", "csv", "--data", file, "--folds", "4", "--detector", "knn", "--output", "json");
        (exit, errors).ShouldBe((0, ""));
        using var json = JsonDocument.Parse(output);
        return json.RootElement.Clone();
    }

    private void WriteCorpus(bool jump)
    {
        WriteSeries(Path.Combine("data", "made", "a.csv"), i => 20 + (10 * Math.Sin(2 * Math.PI * i / 288)) + (i * 7919 % 100 / 100.0) + (jump && i is >= 2_500 and < 2_600 ? 60 : 0));
        Directory.CreateDirectory(Path.Combine(_folder, "labels"));
        File.WriteAllText(Path.Combine(_folder, "labels", "combined_windows.json"), $$"""{"made/a.csv": [["{{Time(2_480)}}.000000", "{{Time(2_700)}}.000000"]]}""");
    }

    private string WriteSeries(string name, Func<int, double> value)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, ["timestamp,value", .. Enumerable.Range(0, 3_000).Select(i => $"{Time(i)},{value(i)}")]);
        return file;
    }

    private static string Time(int row) => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(5 * row).ToString("yyyy-MM-dd HH:mm:ss", null);
}
