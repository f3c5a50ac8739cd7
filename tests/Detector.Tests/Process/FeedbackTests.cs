using System.Text;
using Shouldly;
using Tidewatch.Cli;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Detector.Tests.Process;

/// <summary><c>tidewatch feedback</c> to a detector process on a real Kafka.</summary>
public sealed class FeedbackTests
{
    [Fact]
    public async Task Feedback_OfAnAlert_IsAppliedAndCountedAndABadOneIsADeadLetter()
    {
        Assert.SkipWhen(KafkaServer.Shared is null, KafkaServer.Missing);
        var scenario = new Scenario(KafkaServer.Shared!.BootstrapServers, "feedback", "feedback");
        await scenario.CreateAsync();
        await using var detector = new DetectorProcess(scenario.Settings);
        scenario.Send(0, 60);
        var alert = scenario.Alerts(Scenario.Spikes(0, 60)).Where(Scenario.IsOpened).Select(a => a.Message.Value).First(a => Decoded(a).Series == "hosts/3");
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, alert, TestContext.Current.CancellationToken);

        (await RunAsync("falseAlarm", "--alert", Decoded(alert).Id)).ShouldContain("hosts/3");
        await RunAsync("confirmed", "--file", file);
        await RunAsync("missed", "--series", "nobody", "--time", "2026-03-01T00:00:50Z", "--score", "0.3", "--domain", "hosts");

        var letters = scenario.Topics.Read(scenario.Topics.Names.DeadLetters, found => found.Count > 0, TimeSpan.FromSeconds(60));
        letters.Select(l => Encoding.UTF8.GetString(l.Message.Headers.GetLastBytes("__tidewatch.errors.code"))).ShouldBe([RejectCode.UnknownSeries], detector.Output);
        string[] metrics = ["tidewatch_corrections_applied_total{feedback=\"falseAlarm\"} 1", "tidewatch_corrections_applied_total{feedback=\"confirmed\"} 1"];
        for (var began = TimeProvider.System.GetTimestamp(); await detector.MetricsAsync() is var lines && !Array.TrueForAll(metrics, m => lines.Contains(m, StringComparer.Ordinal)); await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(60), $"{detector.Output}\n{string.Join('\n', lines)}");
        }

        File.Delete(file);
    }

    private static Alert Decoded(byte[] value) => AlertCodec.TryDecode(value, out var alert, out var error) ? alert! : throw new InvalidOperationException(error);

    private static async Task<string> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        (await CommandTree.RunAsync(["feedback", .. args, "--brokers", KafkaServer.Shared!.BootstrapServers, "--topic-prefix", "feedback"], output, errors)).ShouldBe(CommandTree.Done, errors.ToString());
        return output.ToString();
    }
}
