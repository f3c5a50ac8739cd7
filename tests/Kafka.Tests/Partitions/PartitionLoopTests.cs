using System.Text;
using Confluent.Kafka;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Kafka.Audit;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Partitions;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Kafka.Tests.Partitions;

public sealed class PartitionLoopTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_SessionsLostInMidTransaction_EachRecordCountsOnce(bool consumerProtocol)
    {
        using var cluster = Cluster();
        var faults = new CountingProcessor.Faults();
        var partitions = new[] { new InputPartition(cluster.Input, 0), new InputPartition(cluster.Input, 1) };
        faults.LostAt.UnionWith([(partitions[0], 350), (partitions[1], 720), (partitions[0], 901)]);
        await using var host = await LoopHost.StartAsync(cluster, consumerProtocol: consumerProtocol, faults: faults, partitions: 2);
        await host.UntilAsync(s => s.Owned.Count == 2);
        for (var sent = 0; sent < 1_000; sent += 100)
        {
            cluster.Send(0, 100, sent);
            cluster.Send(1, 100, sent);
            await cluster.AlertsAsync((sent + 100) * 2);
        }

        var alerts = await cluster.AlertsAsync(2_000);
        ShouldCountOnce(alerts, 2_000);
        ShouldAudit(cluster, alerts);
        faults.LostAt.ShouldBeEmpty();
        faults.Silent.ShouldBeGreaterThan(0, "the snapshot of the first commit is older than what was committed when a session was lost");
    }

    [Fact]
    public async Task Run_OneLeavesAndAnotherTakesOver_CountsGoOn()
    {
        using var cluster = Cluster();
        await using (var first = await LoopHost.StartAsync(cluster))
        {
            await first.UntilAsync(s => s.Owned.Count == 1);
            cluster.Send(0, 500);
            (await cluster.AlertsAsync(500)).Count.ShouldBe(500);
        }

        cluster.Send(0, 500, from: 500);
        await using var second = await LoopHost.StartAsync(cluster, "two");
        var alerts = await cluster.AlertsAsync(1_000);
        ShouldCountOnce(alerts, 1_000);
        ShouldAudit(cluster, alerts);
        second.Faults.Silent.ShouldBe(0, "an orderly hand-over leaves a snapshot at the committed offset");
    }

    [Fact]
    public async Task Run_ProducerIsFenced_BeginsAgainAndCountsOnce()
    {
        using var cluster = Cluster();
        await using var host = await LoopHost.StartAsync(cluster);
        await host.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, 300);
        await cluster.AlertsAsync(300);
        using (var thief = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = cluster.Bootstrap, TransactionalId = $"{cluster.Group}-one" }).Build())
        {
            thief.InitTransactions(TimeSpan.FromSeconds(20));
        }

        cluster.Send(0, 300, from: 300);
        var alerts = await cluster.AlertsAsync(600);
        ShouldCountOnce(alerts, 600);
        ShouldAudit(cluster, alerts);
    }

    [Fact]
    public async Task Run_RejectedAndPoisonedRecords_BecomeDeadLettersByteForByte()
    {
        using var cluster = Cluster();
        await using var host = await LoopHost.StartAsync(cluster);
        await host.UntilAsync(s => s.Owned.Count == 1);
        byte[] bad = [.. "bad"u8, 0, 255, 254];
        cluster.Send(0, 10);
        await cluster.SendAsync(0, "k1", bad, [new Header("trace", [1, 2, 3])]);
        await cluster.SendAsync(0, "k1", Encoding.UTF8.GetBytes(CountingProcessor.Boom));
        cluster.Send(0, 10, from: 10);
        var letters = await cluster.ReadAsync(cluster.Names.DeadLetters, r => r.Count >= 2);
        letters.Count.ShouldBe(2);
        var rejected = letters.Single(l => l.Message.Value.SequenceEqual(bad)).Message;
        rejected.Key.ShouldBe("k1"u8.ToArray());
        rejected.Headers.GetLastBytes("trace").ShouldBe(new byte[] { 1, 2, 3 });
        Text(rejected, "code").ShouldBe(RejectCode.MalformedJson);
        Text(rejected, "offset").ShouldBe("10");
        var poison = letters.Single(l => !l.Message.Value.SequenceEqual(bad)).Message;
        Text(poison, "code").ShouldBe(RejectCode.Poison);
        Text(poison, "attempts").ShouldBe("3");
        ShouldCountOnce(await cluster.AlertsAsync(20), 20);
        cluster.Links().Sum(l => l.Rejected).ShouldBe(2);
    }

    [Fact]
    public async Task Run_RecordOnWhichTheProcessDied_IsLeftOutForGood()
    {
        using var cluster = Cluster();
        var faults = new CountingProcessor.Faults();
        faults.LostAt.Add((new InputPartition(cluster.Input, 0), 45));
        await using var host = await LoopHost.StartAsync(cluster, faults: faults, deaths: 3, deadly: 17);
        await host.UntilAsync(s => s.Owned.Count == 1);
        for (var sent = 0; sent < 60; sent += 10)
        {
            cluster.Send(0, 10, sent);
            await cluster.AlertsAsync(sent + (sent < 10 ? 10 : 9));
        }

        var alerts = await cluster.AlertsAsync(59);
        ShouldCountOnce(alerts, 59);
        ShouldAudit(cluster, alerts);
        alerts.ShouldNotContain(a => a.Source!.Offset == 17);
        faults.Silent.ShouldBeGreaterThan(17 - 10, "the snapshot of the first commit is older than the record");
        var letter = (await cluster.ReadAsync(cluster.Names.DeadLetters, r => r.Count > 0)).ShouldHaveSingleItem().Message;
        Text(letter, "code").ShouldBe(RejectCode.Crash);
        Text(letter, "attempts").ShouldBe("3");
        Text(letter, "message").ShouldContain("died on it 3 times");
        cluster.Links()[^1].Skipped.ShouldBe([17]);
    }

    [Fact]
    public async Task Run_RecordOnWhichTheProcessDiedTwice_IsApplied()
    {
        using var cluster = Cluster();
        await using var host = await LoopHost.StartAsync(cluster, deaths: 2, deadly: 17);
        await host.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, 30);
        ShouldCountOnce(await cluster.AlertsAsync(30), 30);
        cluster.Links()[^1].Skipped.ShouldBeNull();
    }

    [Fact]
    public async Task Run_BatchThatOutlastsTheTransactionTimeout_IsCommittedInParts()
    {
        using var cluster = Cluster();
        var faults = new CountingProcessor.Faults { Slowness = TimeSpan.FromMilliseconds(10) };
        await using var host = await LoopHost.StartAsync(cluster, faults: faults, transactionTimeout: TimeSpan.FromSeconds(2));
        await host.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, 600);
        ShouldCountOnce(await cluster.AlertsAsync(600), 600);
        cluster.Links().ShouldAllBe(l => l.Records < 200, "half of 2 s is enough for a hundred records at 10 ms");
    }

    [Fact]
    public async Task Run_EmbeddedBroker_EveryAlertAtLeastOnce()
    {
        using var connection = new KafkaConnection(Microsoft.Extensions.Options.Options.Create(new KafkaOptions { Partitions = 1 }));
        using var cluster = new TestCluster(connection.BootstrapServers);
        await using var host = await LoopHost.StartEmbeddedAsync(cluster, connection);
        await host.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, 500);
        var alerts = await cluster.AlertsAsync(500);
        alerts.Select(a => a.Id).Distinct().Count().ShouldBe(500);
    }

    internal static TestCluster Cluster()
    {
        Assert.SkipWhen(KafkaServer.Shared is null, KafkaServer.Missing);
        return new TestCluster(KafkaServer.Shared!.BootstrapServers);
    }

    internal static void ShouldCountOnce(List<Alert> alerts, int records)
    {
        alerts.Count.ShouldBe(records);
        alerts.Select(a => a.Id).Distinct().Count().ShouldBe(records);
        foreach (var series in alerts.GroupBy(a => (a.Source!.Partition, a.Series)))
        {
            series.OrderBy(a => a.Source!.Offset).Select(a => a.Value).ShouldBe(Enumerable.Range(1, series.Count()).Select(i => (double)i));
        }
    }

    internal static void ShouldAudit(TestCluster cluster, List<Alert> alerts)
    {
        var auditor = new ProgressAuditor();
        cluster.Links().ForEach(auditor.Add);
        alerts.ForEach(auditor.Add);
        auditor.Breaks().ShouldBeEmpty();
        auditor.Links.ShouldBeGreaterThan(1);
    }

    private static string Text(Message<byte[], byte[]> message, string name) => Encoding.UTF8.GetString(message.Headers.GetLastBytes($"__tidewatch.errors.{name}"));
}
