using System.Text;
using Confluent.Kafka;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Detector.Tests.Process;

/// <summary>The built detector against a real Kafka and a real Redis.</summary>
public sealed class DetectorProcessTests(ITestOutputHelper log)
{
    private const int Steps = 620;

    [Fact]
    public async Task Alerts_KilledMidStreamAndStartedAgain_EqualThoseOfAnUnbrokenRun()
    {
        var kafka = Kafka();
        using var redis = Redis();
        await new Topics(kafka, "input").CreateAsync(2);
        var (whole, broken) = (new Scenario(kafka, "whole", "input"), new Scenario(kafka, "broken", "input"));
        foreach (var scenario in new[] { whole, broken })
        {
            scenario.Settings["Redis:Configuration"] = redis.Configuration;
            await scenario.CreateAsync();
        }

        var sending = Task.Run(() => broken.Send(0, Steps, stepMs: 15));
        for (var kill = 1; kill <= 3; kill++)
        {
            await using var detector = new DetectorProcess(broken.Settings);
            var seen = Scenario.Spikes(0, kill * Steps / 4);
            broken.Alerts(seen).Count(Scenario.IsOpened).ShouldBeGreaterThanOrEqualTo(seen, detector.Output);
            await detector.KillAsync();
        }

        await sending;
        await using var last = new DetectorProcess(broken.Settings);
        await using var unbroken = new DetectorProcess(whole.Settings);
        var expected = Content(whole, unbroken);
        log.WriteLine($"{expected.Count} alerts, three kills");

        Content(broken, last).ShouldBe(expected);
    }

    [Fact]
    public async Task BadInput_ThroughKafka_IsOnTheDeadLetterTopicAndTheRestGoesOn()
    {
        var scenario = new Scenario(Kafka(), "bad", "bad");
        await scenario.CreateAsync();
        await using var detector = new DetectorProcess(scenario.Settings);
        scenario.Send(0, 40);
        string[] bad = ["{", "[]", "{\"series\":7}", "{\"series\":\"s\",\"time\":1,\"value\":1e999}", "{\"series\":\"\",\"time\":1,\"value\":1}", "{\"series\":\"s\",\"time\":\"2099-01-01T00:00:00Z\",\"value\":1}",
            $"{{\"series\":\"s\",\"time\":1,\"value\":1,\"x\":\"{new string('x', 900_000)}\"}}"];
        foreach (var message in bad)
        {
            scenario.Send(Encoding.UTF8.GetBytes(message));
        }

        scenario.Send(20, 30);
        scenario.Send(40, 60);
        scenario.Alerts(Scenario.Spikes(0, 60)).Count(Scenario.IsOpened).ShouldBe(Scenario.Spikes(0, 60), detector.Output);
        var letters = scenario.Topics.Read(scenario.Topics.Names.DeadLetters, found => found.Count >= bad.Length, TimeSpan.FromSeconds(30));

        letters.Select(l => Encoding.UTF8.GetString(l.Message.Value)).ShouldBe(bad, ignoreOrder: true);
        letters.Select(l => Encoding.UTF8.GetString(l.Message.Headers.GetLastBytes("__tidewatch.errors.code"))).ShouldBe(
            [RejectCode.MalformedJson, RejectCode.WrongType, RejectCode.WrongType, RejectCode.NotFinite, RejectCode.BadSeries, RejectCode.FutureTime, RejectCode.TooLarge], ignoreOrder: true);
        string[] metrics = ["tidewatch_points_rejected_total{reason=\"out_of_order\"} 200", "tidewatch_points_processed_total 1200", "tidewatch_series_active 20"];
        await EventuallyAsync(async () => await detector.MetricsAsync() is [.. var lines] && Array.TrueForAll(metrics, m => lines.Contains(m, StringComparer.Ordinal)), detector);
        (await detector.DownAsync()).ShouldBe([]);
    }

    [Fact]
    public async Task RedisAway_DuringTheRun_IsNamedByHealthAndDetectionGoesOn()
    {
        var scenario = new Scenario(Kafka(), "redisaway", "redisaway");
        using var redis = Redis();
        scenario.Settings["Redis:Configuration"] = redis.Configuration;
        scenario.Settings["Redis:Timeout"] = "00:00:01";
        await scenario.CreateAsync();
        await using var detector = new DetectorProcess(scenario.Settings);
        scenario.Send(0, 60);
        scenario.Alerts(Scenario.Spikes(0, 60)).Count(Scenario.IsOpened).ShouldBe(Scenario.Spikes(0, 60), detector.Output);

        redis.Kill();
        scenario.Send(60, 300);
        scenario.Alerts(Scenario.Spikes(0, 300)).Count(Scenario.IsOpened).ShouldBe(Scenario.Spikes(0, 300), detector.Output);
        (await detector.DownAsync()).ShouldBe(["redis"]);

        redis.Start();
        await EventuallyAsync(async () => (await detector.DownAsync()) is [], detector);
    }

    /// <summary>Every alert with its headers, once all spikes were followed by their end.</summary>
    private static List<string> Content(Scenario scenario, DetectorProcess detector)
    {
        var all = 2 * Scenario.Spikes(0, Steps);
        var alerts = scenario.Topics.Read(scenario.Topics.Names.Alerts, found => found.Count >= all, TimeSpan.FromSeconds(90));
        alerts.Count.ShouldBe(all, detector.Output);
        return [.. alerts.Select(a => $"{a.Partition.Value} {Encoding.UTF8.GetString(a.Message.Key)} {Encoding.UTF8.GetString(a.Message.Value)} "
            + string.Join(' ', a.Message.Headers.Select(h => Encoding.UTF8.GetString(h.GetValueBytes())))).Order(StringComparer.Ordinal)];
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition, DetectorProcess detector)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !await condition();)
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(60), $"{detector.Output}\n{string.Join('\n', await detector.MetricsAsync())}");
            await Task.Delay(100);
        }
    }

    private static string Kafka()
    {
        if (KafkaServer.Shared is null)
        {
            Assert.Skip(KafkaServer.Missing);
        }

        return KafkaServer.Shared.BootstrapServers;
    }

    private static RedisServer Redis()
    {
        if (RedisServer.Program is null)
        {
            Assert.Skip(RedisServer.Missing);
        }

        return new RedisServer();
    }
}
