using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Kafka.Tests.Partitions;

/// <summary>Brokers of their own, for they are killed or set up otherwise.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Run_BrokerKilledAndBack_ResumesAndCountsOnce()
    {
        Assert.SkipWhen(KafkaServer.Script is null, KafkaServer.Missing);
        using var server = new KafkaServer(KafkaServer.Script!);
        using var cluster = new TestCluster(server.BootstrapServers);
        await using var host = await LoopHost.StartAsync(cluster);
        await host.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, 200);
        (await cluster.AlertsAsync(200)).Count.ShouldBe(200);
        server.Restart(kill: true);
        cluster.Send(0, 200, from: 200);
        var alerts = await cluster.AlertsAsync(400);
        PartitionLoopTests.ShouldCountOnce(alerts, 400);
        PartitionLoopTests.ShouldAudit(cluster, alerts);
        host.Status.SinceTurn.ShouldBeLessThan(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Run_BrokerWithoutTheNewGroupProtocol_WorksWithTheClassicOne()
    {
        Assert.SkipWhen(KafkaServer.Script is null, KafkaServer.Missing);
        using var server = new KafkaServer(KafkaServer.Script!, 1, "group.coordinator.rebalance.protocols=classic");
        using var cluster = new TestCluster(server.BootstrapServers);
        await using var host = await LoopHost.StartAsync(cluster, consumerProtocol: true);
        await host.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, 100);
        PartitionLoopTests.ShouldCountOnce(await cluster.AlertsAsync(100), 100);
    }
}
