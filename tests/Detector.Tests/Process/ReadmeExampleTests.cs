using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Detector.Tests.Process;

/// <summary>The three ways of README.md to subscribe to the alerts, against alerts that a detector published.</summary>
public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task Subscribe_InThreeLanguages_EveryOneShowsEveryAlert()
    {
        Assert.SkipWhen(KafkaServer.Shared is null, KafkaServer.Missing);
        var kafka = KafkaServer.Shared!.BootstrapServers;
        var scenario = new Scenario(kafka, "readme", "readme");
        await scenario.CreateAsync();
        await using var detector = new DetectorProcess(scenario.Settings);
        scenario.Send(0, 60);
        var spikes = Scenario.Spikes(0, 60);
        var expected = scenario.Alerts(spikes).Where(Scenario.IsOpened).Select(a => a.Message.Key.Length).Count();
        expected.ShouldBe(spikes, detector.Output);

        foreach (var (fence, file, command) in Programs())
        {
            await using var example = new ReadmeExample(fence, file, command, kafka, scenario.Topics.Names.Alerts);
            var alerts = await example.AlertsAsync(spikes, TimeSpan.FromSeconds(120));
            alerts.Count.ShouldBe(spikes, $"{fence}:\n{string.Join('\n', example.Output)}");
            alerts.Select(a => JsonDocument.Parse(a[a.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("series").GetString()).Distinct().Count().ShouldBe(Scenario.Series);
        }
    }

    // What a machine cannot run is left out and said; the SDK is always there.
    private static IEnumerable<(string Fence, string File, string Command)> Programs()
    {
        yield return ("csharp", "pager.cs", "exec dotnet run pager.cs");
        var python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(p => Works($"{p} -c 'import confluent_kafka'"));
        if (python is not null)
        {
            yield return ("python", "pager.py", $"exec {python} -u pager.py");
        }

        if (Works("npm view kafkajs version"))
        {
            yield return ("js", "pager.mjs", "npm install --silent --no-audit --no-fund kafkajs && exec node pager.mjs");
        }
    }

    private static bool Works(string command)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo("/bin/bash", ["-c", $"timeout 20 {command} >/dev/null 2>&1"]))!;
        process.WaitForExit();
        Console.WriteLine($"README example by `{command}`: {(process.ExitCode == 0 ? "run" : "left out")}");
        return process.ExitCode == 0;
    }
}
