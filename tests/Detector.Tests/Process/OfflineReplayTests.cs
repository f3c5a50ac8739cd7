using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Tidewatch.Cli;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Partitions;
using Tidewatch.Kafka.Partitions.Marks;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Detector.Tests.Process;

/// <summary><c>tidewatch replay --offline</c> against what a detector process did, killed once, on a real Kafka.</summary>
public sealed class OfflineReplayTests(ITestOutputHelper log)
{
    private const int Steps = 310;

    [Fact]
    public async Task Replay_OfALiveTopic_GivesItsAlertsToTheByteAndItsStateHashes()
    {
        Assert.SkipWhen(KafkaServer.Shared is null, KafkaServer.Missing);
        var scenario = new Scenario(KafkaServer.Shared!.BootstrapServers, "offline", "offline") { Corrects = true };
        scenario.Settings["Detector:Rule"] = "Feedback";
        await scenario.CreateAsync();
        var sending = Task.Run(() => scenario.Send(0, Steps, stepMs: 10));
        await using (var first = new DetectorProcess(scenario.Settings))
        {
            scenario.Alerts(Scenario.Spikes(0, Steps / 2)).Count(Scenario.IsOpened).ShouldBeGreaterThan(0, first.Output);
            await first.KillAsync();
        }

        await sending;
        scenario.Send("{"u8.ToArray());
        Die(scenario, scenario.Topics.Read(new TopicNames("offline").Observations("hosts"), found => found.Any(IsBad), TimeSpan.FromSeconds(60)).Single(IsBad));
        await using var detector = new DetectorProcess(scenario.Settings);
        var live = scenario.Topics.Read(scenario.Topics.Names.Alerts, found => found.Count >= 2 * Scenario.Spikes(0, Steps), TimeSpan.FromSeconds(90));
        scenario.Topics.Read(scenario.Topics.Names.DeadLetters, found => found.Count > 0, TimeSpan.FromSeconds(60)).ShouldNotBeEmpty(detector.Output);
        await detector.TerminateAsync(TestContext.Current.CancellationToken);

        var (file, topic) = (Path.GetTempFileName(), new TopicNames("offline").Observations("hosts"));
        string[] replay = ["replay", "--offline", "--topic", topic, "--brokers", KafkaServer.Shared.BootstrapServers, "--topic-prefix", "offline", "--check", "--alerts", file, "--output", "json", "--set", "Detector=z-score", "--set", "WarmUp=20", "--set", "Rule=Feedback"];
        var (exit, output, errors) = await RunAsync([.. replay, "--set", "Window=40"]);

        exit.ShouldBe(0, $"{output}{errors}");
        var result = JsonDocument.Parse(output).RootElement;
        log.WriteLine($"{result.GetProperty("partitions")} {result.GetProperty("links")} links, {result.GetProperty("hashes")} hashes");
        result.GetProperty("verdict").GetString().ShouldBe("equal");
        result.GetProperty("hashes").GetInt32().ShouldBeGreaterThan(2);
        result.GetProperty("partitions").EnumerateArray().Sum(p => p.GetProperty("records").GetInt32()).ShouldBe((Steps * Scenario.Series) + Scenario.Corrections(0, Steps) + 1);
        result.GetProperty("partitions").EnumerateArray().Sum(p => p.GetProperty("corrected").GetInt32()).ShouldBe(Scenario.Corrections(0, Steps));
        File.ReadAllLines(file).ShouldBe(live.Select(a => Encoding.UTF8.GetString(a.Message.Value)), ignoreOrder: true);
        result.GetProperty("partitions").EnumerateArray().Sum(p => p.GetProperty("rejected").GetInt32()).ShouldBe(0, "the detector died on the bad record, so the engine never rejected it");
        live.Select(a => Encoding.UTF8.GetString(a.Message.Value)).ShouldContain(a => a.Contains("\"series\":\"hosts/1\"", StringComparison.Ordinal) && !a.Contains("\"threshold\":0.5,", StringComparison.Ordinal), "corrections moved its threshold");
        (await RunAsync([.. replay, "--set", "Window=41"])).Exit.ShouldBe(1);
        File.Delete(file);
    }

    private static bool IsBad(ConsumeResult<byte[], byte[]> record) => record.Message.Value is [(byte)'{'];

    /// <summary>What three processes leave behind that died on the record.</summary>
    private static void Die(Scenario scenario, ConsumeResult<byte[], byte[]> record)
    {
        var marks = scenario.Settings["Detector:MarksDirectory"];
        for (var death = 0; death < 3; death++)
        {
            var options = new LoopOptions { Group = "offline.detector", InstanceId = scenario.Settings["Detector:InstanceId"], Topics = [], MarksDirectory = marks };
            using var process = new CrashMarkFile(options, NullLogger<CrashMarkFile>.Instance);
            process.Of(new InputPartition(record.Topic, record.Partition.Value)).Hold(new InputRecord(record.Offset.Value, 0, [], [], leaderEpoch: record.LeaderEpoch ?? -1));
        }
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exit = await CommandTree.RunAsync(args, output, errors);
        return (exit, output.ToString(), errors.ToString());
    }
}
