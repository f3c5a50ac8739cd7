using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tidewatch.Architecture.Tests;

/// <summary>The rules that Prometheus is given (<c>infra/prometheus</c>).</summary>
public sealed partial class AlertRulesTests
{
    private static readonly string Folder = Path.Combine(ProjectFile.Root, "infra", "prometheus");

    [Fact]
    public void Rules_NameOnlyMetricsThatTheProductHas()
    {
        var made = SourceTests.Sources.SelectMany(f => Instrument().Matches(File.ReadAllText(f))).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var named = Metric().Matches(File.ReadAllText(Path.Combine(Folder, "tidewatch.rules.yml"))).Select(m => m.Groups["name"].Value).ToList();
        named.ShouldNotBeEmpty();
        named.ShouldBeSubsetOf(made);
    }

    [Theory]
    [InlineData("check", "tidewatch.rules.yml")]
    [InlineData("test", "tidewatch.rules.test.yml")]
    public async Task Promtool_FindsNothingWrong(string verb, string file)
    {
        var promtool = Promtool();
        Assert.SkipWhen(promtool is null, "no promtool on PATH, nor named by PROMTOOL");
        using var process = Process.Start(new ProcessStartInfo(promtool, [verb, "rules", file]) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, $"{await output}{await errors}");
    }

    private static string? Promtool() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(f => Path.Combine(f, "promtool"))
        .Prepend(Environment.GetEnvironmentVariable("PROMTOOL") ?? "").FirstOrDefault(File.Exists);

    [GeneratedRegex(@"Create\w+(<\w+>)?\(\s*""(?<name>\w+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Instrument();

    [GeneratedRegex(@"\btidewatch_(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Metric();
}
