using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka.Audit;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Tests.Partitions;
using Xunit;

namespace Tidewatch.Kafka.Tests.Audit;

/// <summary>An auditor that begins while a transaction is open, or while its commit has reached the progress topic alone, must not take its alerts for lost.</summary>
public sealed class OpenTransactionTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Follow_BegunWhileAnAlertIsUncommitted_SeesItOnceItIs()
    {
        using var cluster = PartitionLoopTests.Cluster();
        var (alert, link) = await FirstAsync(cluster);
        using var connection = Connection(cluster);
        using var producer = Begin(cluster, alert);
        using var follower = new AuditFollower(connection, cluster.Names, DateTimeOffset.UtcNow.AddHours(1));
        Produce(producer, cluster.Names.Progress, link);
        producer.CommitTransaction();
        var breaks = new List<AuditBreak>();
        for (var turn = 0; turn < 60 && follower.Settled == 0; turn++)
        {
            breaks.AddRange(follower.Follow(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        }

        follower.Settled.ShouldBe(1);
        breaks.ShouldBeEmpty();
        follower.Auditor.Alerts.ShouldBe(1);
    }

    [Fact]
    public async Task Run_CommitReachedTheProgressTopicFirst_WaitsForTheAlerts()
    {
        using var cluster = PartitionLoopTests.Cluster();
        var (alert, link) = await FirstAsync(cluster);
        using var connection = Connection(cluster);
        using var producer = Begin(cluster, alert);
        using (var first = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = cluster.Bootstrap }).Build())
        {
            Produce(first, cluster.Names.Progress, link);
        }

        var audit = Task.Run(() => new TopicAudit(connection, cluster.Names).Run(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        (await Task.WhenAny(audit, Task.Delay(Wait / 2, TestContext.Current.CancellationToken))).ShouldNotBe(audit);
        producer.CommitTransaction();
        (await audit).Breaks().ShouldBeEmpty();
    }

    /// <summary>An alert and the link that covers it, as a detector made them, of a record that the topics do not speak of.</summary>
    private static async Task<(byte[] Alert, byte[] Link)> FirstAsync(TestCluster cluster)
    {
        using var source = PartitionLoopTests.Cluster();
        await using var host = await LoopHost.StartAsync(source);
        await using var empty = await LoopHost.StartAsync(cluster);
        await host.UntilAsync(s => s.Owned.Count == 1);
        await empty.UntilAsync(s => s.Owned.Count == 1);
        source.Send(0, 1);
        var alert = (await source.ReadAsync(source.Names.Alerts, r => r.Count == 1))[0].Message.Value;
        return (alert, JsonSerializer.SerializeToUtf8Bytes(source.Links()[^1], ContractJson.Default.ProgressRecord));
    }

    private static KafkaConnection Connection(TestCluster cluster) => new(Options.Create(new KafkaOptions { BootstrapServers = cluster.Bootstrap, TopicPrefix = cluster.Prefix }));

    private static IProducer<string, byte[]> Begin(TestCluster cluster, byte[] alert)
    {
        var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = cluster.Bootstrap, TransactionalId = $"{cluster.Prefix}.open" }).Build();
        producer.InitTransactions(Wait);
        producer.BeginTransaction();
        Produce(producer, cluster.Names.Alerts, alert);
        return producer;
    }

    private static void Produce(IProducer<string, byte[]> producer, string topic, byte[] value)
    {
        producer.Produce(new TopicPartition(topic, 0), new Message<string, byte[]> { Key = "open", Value = value });
        producer.Flush(Wait);
    }
}
