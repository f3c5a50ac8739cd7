using Confluent.Kafka.Admin;
using Shouldly;
using Tidewatch.Kafka.Tests.Partitions;
using Xunit;

namespace Tidewatch.Kafka.Tests.Ownership;

/// <summary>A static member owns four partitions, another joins, and the first is back under its name between the two halves of the rebalance.</summary>
public sealed class OwnerWatchTests
{
    private const int Records = 50;

    /// <summary>The fault itself: if it were not one, the test below would show nothing.</summary>
    [Fact]
    public async Task Run_NobodyLooks_PartitionsLieStill()
    {
        using var cluster = await ClusterAsync();
        var (second, host) = await ForgetAsync(cluster, TimeSpan.FromHours(1));
        using var member = second;
        await using var loop = host;

        await Task.Delay(TimeSpan.FromSeconds(20));
        (loop.Status.Owned.Count, member.Holds).ShouldBe((0, 2));
    }

    [Fact]
    public async Task Run_SomebodyLooks_PartitionsGetAnOwnerAndTheOthersStay()
    {
        using var cluster = await ClusterAsync();
        using var meters = new OwnerMeters();
        var (second, host) = await ForgetAsync(cluster, TimeSpan.FromSeconds(1), meters);
        using var member = second;
        await using var loop = host;

        await loop.UntilAsync(s => s.Owned.Count == 2 && meters.WithoutOwner == 0);
        (meters.Most, meters.Heals, member.Holds, member.Given).ShouldBe((2, 1, 2, 2));
        foreach (var partition in loop.Status.Owned)
        {
            cluster.Send(partition.Number, Records);
        }

        PartitionLoopTests.ShouldCountOnce(await cluster.AlertsAsync(2 * Records), 2 * Records);
        await Task.Delay(TimeSpan.FromSeconds(5));
        meters.Heals.ShouldBe(1, "nothing is missing any more");
    }

    private static async Task<TestCluster> ClusterAsync()
    {
        var cluster = PartitionLoopTests.Cluster();
        await cluster.Admin.CreateTopicsAsync([new TopicSpecification { Name = cluster.Input, NumPartitions = 4, ReplicationFactor = 1 }]);
        return cluster;
    }

    private static async Task<(StaticMember Second, LoopHost Host)> ForgetAsync(TestCluster cluster, TimeSpan ownerInterval, OwnerMeters? meters = null)
    {
        using var first = new StaticMember(cluster, getsStuck: true);
        await first.UntilAsync(m => m.Holds == 4);
        var host = await LoopHost.StartAsync(cluster, partitions: 4, ownerInterval: ownerInterval);
        meters?.Listen(host);
        await first.IsAsked.WaitAsync(TimeSpan.FromSeconds(30));
        var second = new StaticMember(cluster, getsStuck: false);
        await second.UntilAsync(m => m.Holds == 2);
        return (second, host);
    }
}
