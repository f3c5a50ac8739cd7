using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shouldly;
using Tidewatch.Kafka.Partitions;
using Xunit;

namespace Tidewatch.Kafka.Tests.Partitions;

public sealed class RefusalTests
{
    private const int Before = 200;

    [Theory]
    [InlineData(RefusalReason.OffsetMissing)]
    [InlineData(RefusalReason.OffsetRewound)]
    [InlineData(RefusalReason.AuditBreak)]
    [InlineData(RefusalReason.LogTruncated)]
    [InlineData(RefusalReason.RetentionGap)]
    [InlineData(RefusalReason.ChannelIdentity)]
    [InlineData(RefusalReason.PartitionCount)]
    [InlineData(RefusalReason.CompactedInput)]
    public async Task Start_PreconditionBroken_RefusesByNameAndEmitsNothing(RefusalReason reason)
    {
        using var cluster = PartitionLoopTests.Cluster();
        await WorkAsync(cluster);
        await BreakAsync(cluster, reason);
        await using var host = await LoopHost.StartAsync(cluster);
        await host.UntilAsync(s => s.Refusals.Count > 0);
        host.Status.Refusals.ShouldContain(r => r.Reason == reason && r.Partition.Number == 0);
        await host.UntilAsync(s => s.CheckHealthAsync(new HealthCheckContext()).GetAwaiter().GetResult().Description!.Contains(Refusal.Name(reason), StringComparison.Ordinal));
        var health = await host.Status.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        health.Status.ShouldBe(HealthStatus.Unhealthy);
        health.Description!.ShouldContain(Refusal.Name(reason));
        (await cluster.AlertsAsync(Before)).Count.ShouldBe(Before);
    }

    [Fact]
    public async Task Start_TopicThatIsNotThere_IsNamedByHealthUntilItIs()
    {
        using var cluster = PartitionLoopTests.Cluster();
        await using var host = await LoopHost.StartAsync(cluster, more: ["no.such.topic"]);
        string? said = null;
        await host.UntilAsync(s => (said = s.CheckHealthAsync(new HealthCheckContext()).GetAwaiter().GetResult().Description)?.Contains("there is no topic no.such.topic", StringComparison.Ordinal) == true);
        said!.ShouldContain("Detector:Topics");
    }

    [Theory]
    [InlineData(RefusalReason.OffsetMissing, 10)]
    [InlineData(RefusalReason.RetentionGap, 50 + 10)]
    public async Task Start_PreconditionBrokenUnderColdPolicy_GoesOnWithMarkedAlerts(RefusalReason reason, int more)
    {
        using var cluster = PartitionLoopTests.Cluster();
        await WorkAsync(cluster);
        await BreakAsync(cluster, reason);
        await using var host = await LoopHost.StartAsync(cluster, cold: true);
        await host.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, 10, from: 1_000);
        var alerts = await cluster.AlertsAsync(Before + more);
        alerts.Count.ShouldBe(Before + more);
        alerts.Where(a => a.Source!.Offset >= Before).ShouldAllBe(a => a.ColdStart);
        alerts.Select(a => a.Id).ShouldBeUnique();
        cluster.Links().ShouldContain(l => l.ColdStart);
    }

    private static async Task WorkAsync(TestCluster cluster)
    {
        await using var host = await LoopHost.StartAsync(cluster);
        await host.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, Before);
        await cluster.AlertsAsync(Before);
    }

    private static async Task BreakAsync(TestCluster cluster, RefusalReason reason)
    {
        var first = new TopicPartition(cluster.Input, 0);
        switch (reason)
        {
            case RefusalReason.OffsetMissing:
                await TestCluster.InsistAsync(() => cluster.Admin.DeleteConsumerGroupOffsetsAsync(cluster.Group, [first]));
                break;
            case RefusalReason.OffsetRewound:
                await cluster.CommitAsync(Before / 2);
                break;
            case RefusalReason.AuditBreak:
                cluster.Send(0, 50);
                await cluster.CommitAsync(Before + 20);
                break;
            case RefusalReason.LogTruncated:
                await cluster.CommitAsync(Before + 1_000);
                break;
            case RefusalReason.RetentionGap:
                cluster.Send(0, 100);
                await cluster.Admin.DeleteRecordsAsync([new TopicPartitionOffset(first, Before + 50)]);
                break;
            case RefusalReason.ChannelIdentity:
                await cluster.Admin.DeleteTopicsAsync([cluster.Input]);
                await TestCluster.InsistAsync(() => cluster.Admin.CreateTopicsAsync([new TopicSpecification { Name = cluster.Input, NumPartitions = 1, ReplicationFactor = 1 }]));
                break;
            case RefusalReason.PartitionCount:
                await cluster.Admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = cluster.Input, IncreaseTo = 3 }]);
                break;
            default:
                await cluster.Admin.IncrementalAlterConfigsAsync(new Dictionary<ConfigResource, List<ConfigEntry>>
                {
                    [new ConfigResource { Type = ResourceType.Topic, Name = cluster.Input }] =
                        [new ConfigEntry { Name = "cleanup.policy", Value = "compact", IncrementalOperation = AlterConfigOpType.Set }],
                });
                break;
        }
    }
}
