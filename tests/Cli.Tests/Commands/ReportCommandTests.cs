using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

public sealed partial class ReportCommandTests : IDisposable
{
    private static readonly string[] Few = ["--detectors", "z-score", "rolling-rms", "ewma"];
    private readonly ScratchFolder _folder = new();

    private string Page => Path.Combine(_folder.Path, "out", "page.html");

    [Fact]
    public async Task Report_LabelledSeries_IsOnePageThatNeedsNoNetwork()
    {
        var pictures = Path.Combine(_folder.Path, "pictures");
        var (exit, _, errors) = await CommandLine.RunAsync(["report", Labelled(), "--detector", "z-score", .. Few, "--out", Page, "--pictures", pictures]);
        (exit, errors).ShouldBe((0, ""));
        var html = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);
        foreach (var part in new[] { "Receiver operating characteristic", "Precision and recall", "Comparison of detectors", "Every detector over time", "Scatter matrix", "1 of 1", "rolling-rms" })
        {
            html.ShouldContain(part);
        }

        Loaded().Matches(html).Select(m => m.Groups["target"].Value).ShouldAllBe(t => t.StartsWith("data:", StringComparison.Ordinal) || t.StartsWith('#'));
        html.ShouldNotContain("<script");
        var ids = Id().Matches(html).Select(m => m.Groups["id"].Value).ToArray();
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Length);
        foreach (var name in new[] { "series", "roc", "precision-recall", "comparison", "heat-map", "scatter-matrix" })
        {
            (await File.ReadAllTextAsync(Path.Combine(pictures, $"{name}.svg"), TestContext.Current.CancellationToken)).ShouldStartWith("<svg");
            (await File.ReadAllBytesAsync(Path.Combine(pictures, $"{name}.png"), TestContext.Current.CancellationToken))[1..4].ShouldBe("PNG"u8.ToArray());
        }
    }

    [Fact]
    public async Task Report_NoLabels_SaysWhatIsMissing()
    {
        (await CommandLine.RunAsync(["report", _folder.WriteSeries("s", 700, 600), "--detector", "z-score", .. Few, "--out", Page])).Exit.ShouldBe(0);
        var html = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);
        html.ShouldContain("need them. Name the column");
        html.ShouldNotContain("Receiver operating");
    }

    [Fact]
    public async Task Report_NameWithMarkup_IsEscaped()
    {
        var file = Path.Combine(_folder.Path, "a<b>&.csv");
        File.Move(_folder.WriteSeries("s", 300, 250), file);
        await CommandLine.RunAsync(["report", file, "--detector", "z-score", .. Few, "--out", Page]);
        (await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken)).ShouldContain("<h1>a&lt;b&gt;&amp;</h1>");
    }

    [Fact]
    public async Task Compare_LabelledFile_RanksDetectorsAndRecordsARunEach()
    {
        var registry = Path.Combine(_folder.Path, "registry.db");
        var (exit, output, errors) = await CommandLine.RunAsync(["compare", Labelled(), .. Few, "--registry", registry, "--output", "json"]);
        (exit, errors).ShouldBe((0, ""));
        using var json = JsonDocument.Parse(output);
        var rows = json.RootElement.GetProperty("comparison").EnumerateArray().ToArray();
        rows.Length.ShouldBe(3);
        rows.Select(r => r.GetProperty("vus_pr").GetDouble()).ShouldBeInOrder(SortDirection.Descending);
        rows.Single(r => r.GetProperty("detector").GetString() == "z-score").GetProperty("events_found").GetInt32().ShouldBe(1);
        (await CommandLine.RunAsync("runs", "list", "--registry", registry, "--output", "csv")).Output.Split('\n').Count(l => l.Contains("compare ", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task Compare_WindowsAsNabKeepsThem_AreTheLabels()
    {
        var file = _folder.WriteSeries("s", 1_000, 900);
        var windows = Path.Combine(_folder.Path, "windows.json");
        await File.WriteAllTextAsync(windows, $$"""{"{{Path.GetFileName(_folder.Path)}}/s.csv": [["2014-01-01 14:58:00.000000", "2014-01-01 15:05:00.000000"]]}""", TestContext.Current.CancellationToken);
        var (exit, output, _) = await CommandLine.RunAsync(["compare", file, "--windows", windows, .. Few, "--output", "json"]);
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("comparison")[0].GetProperty("events").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Compare_NoLabels_IsOneAndSaysHow() =>
        (await CommandLine.RunAsync(["compare", _folder.WriteSeries("s", 300, 250), .. Few])).Errors.ShouldContain("no labels: name their column with --label");

    [Fact]
    public async Task Compare_UnivariateDetectorOnSeveralValues_IsTwo()
    {
        var file = Path.Combine(_folder.Path, "two.csv");
        await File.WriteAllLinesAsync(file, ["a,b,label", "1,2,0", "1,2,1"], TestContext.Current.CancellationToken);
        var (exit, _, errors) = await CommandLine.RunAsync("compare", file, "--detectors", "surprise-ensemble");
        exit.ShouldBe(2);
        errors.ShouldContain("'surprise-ensemble' takes one value, 2 are given");
    }

    public void Dispose() => _folder.Dispose();

    private string Labelled()
    {
        var file = _folder.WriteSeries("labelled", 1_000, 900);
        var lines = File.ReadAllLines(file);
        File.WriteAllLines(file, lines.Select((l, i) => i == 0 ? $"{l},label" : $"{l},{(i is >= 899 and <= 905 ? 1 : 0)}"));
        return file;
    }

    [GeneratedRegex("(src|href)=\"(?<target>[^\"]{1,20})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loaded();

    [GeneratedRegex(" id=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
