using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka.Partitions;
using Xunit;

namespace Tidewatch.Kafka.Tests.Partitions;

/// <summary>A real broker keeps its records here, so the chain is made to speak of another record instead.</summary>
public sealed class LogTailTests
{
    private const int Before = 200;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task Start_OtherRecordBelowTheCommittedOffset_RefusesAndEmitsNothing(int laterEpoch, int laterMs)
    {
        using var cluster = PartitionLoopTests.Cluster();
        var last = await WorkAsync(cluster);
        Append(cluster, last with { LastRecord = new RecordStamp(last.LastRecord!.Value.LeaderEpoch + laterEpoch, last.LastRecord.Value.TimestampMs + laterMs) });
        await using var host = await LoopHost.StartAsync(cluster);
        await host.UntilAsync(s => s.Refusals.Count > 0);
        var refusal = host.Status.Refusals.ShouldHaveSingleItem();
        refusal.Reason.ShouldBe(RefusalReason.LogTruncated);
        refusal.Detail.ShouldContain($"at offset {Before - 1} no longer stands the record");
        cluster.Send(0, 10, from: Before);
        (await cluster.AlertsAsync(Before)).Count.ShouldBe(Before);
    }

    [Fact]
    public async Task Start_OtherRecordUnderColdPolicy_GoesOnAtTheCommittedOffsetWithMarkedAlerts()
    {
        using var cluster = PartitionLoopTests.Cluster();
        var last = await WorkAsync(cluster);
        Append(cluster, last with { LastRecord = new RecordStamp(7, 7) });
        await using var host = await LoopHost.StartAsync(cluster, cold: true);
        await host.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, 10, from: Before);
        var alerts = await cluster.AlertsAsync(Before + 10);
        alerts.Count.ShouldBe(Before + 10);
        alerts.Where(a => a.Source!.Offset >= Before).ShouldAllBe(a => a.ColdStart);
    }

    [Fact]
    public async Task Start_LinkOfAnEarlierVersion_GoesOn()
    {
        using var cluster = PartitionLoopTests.Cluster();
        Append(cluster, await WorkAsync(cluster) with { LastRecord = null });
        await GoesOnAsync(cluster);
    }

    [Fact]
    public async Task Start_LastRecordExpired_GoesOn()
    {
        using var cluster = PartitionLoopTests.Cluster();
        await WorkAsync(cluster);
        await cluster.Admin.DeleteRecordsAsync([new TopicPartitionOffset(cluster.Input, 0, Before)]);
        await GoesOnAsync(cluster);
    }

    private static async Task GoesOnAsync(TestCluster cluster)
    {
        await using var host = await LoopHost.StartAsync(cluster);
        await host.UntilAsync(s => s.Owned.Count == 1 || s.Refusals.Count > 0);
        host.Status.Refusals.ShouldBeEmpty();
        cluster.Send(0, 10, from: Before);
        PartitionLoopTests.ShouldCountOnce(await cluster.AlertsAsync(Before + 10), Before + 10);
    }

    private static async Task<ProgressRecord> WorkAsync(TestCluster cluster)
    {
        await using (var host = await LoopHost.StartAsync(cluster))
        {
            await host.UntilAsync(s => s.Owned.Count == 1);
            cluster.Send(0, Before);
            await cluster.AlertsAsync(Before);
        }

        var last = cluster.Links()[^1];
        last.LastRecord!.Value.LeaderEpoch.ShouldBeGreaterThanOrEqualTo(0);
        last.LastRecord!.Value.TimestampMs.ShouldBeGreaterThan(0);
        return last;
    }

    private static void Append(TestCluster cluster, ProgressRecord link)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = cluster.Bootstrap }).Build();
        producer.Produce(cluster.Names.Progress, new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes(new InputPartition(link.Topic, link.Partition).ToString()),
            Value = JsonSerializer.SerializeToUtf8Bytes(link, ContractJson.Default.ProgressRecord),
        });
        producer.Flush(TestContext.Current.CancellationToken);
    }
}
