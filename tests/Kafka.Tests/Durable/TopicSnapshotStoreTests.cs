using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Contracts.State;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Durable;
using Tidewatch.Kafka.Tests.Partitions;
using Tidewatch.Kafka.Topics;
using Xunit;

namespace Tidewatch.Kafka.Tests.Durable;

public sealed class TopicSnapshotStoreTests
{
    private static readonly PartitionIdentity Identity = new("cluster", "topic-id", "topic", 3, 4, "group", 1, 99);

    [Fact]
    public async Task Read_ThreeWritesOfSeveralChunks_TheTwoNewestByteForByte()
    {
        using var cluster = PartitionLoopTests.Cluster();
        using var connection = Connection(cluster);
        using (var writer = await StoreAsync(cluster, connection))
        {
            foreach (var offset in new[] { 10, 20, 30 })
            {
                (await writer.WriteAsync(Snapshot(offset, bytes: TopicSnapshotStore.ChunkBytes * 5 / 2), default)).ShouldBeTrue();
            }
        }

        using var reader = new TopicSnapshotStore(connection, cluster.Names);
        var found = await reader.ReadAsync(Identity, TestContext.Current.CancellationToken);
        found.Select(s => s.Offset).ShouldBe([30, 20]);
        found[0].Payload.ToArray().ShouldBe(Snapshot(30, TopicSnapshotStore.ChunkBytes * 5 / 2).Payload.ToArray());
        (await reader.ReadAsync(Identity with { ConfigHash = 1 }, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await reader.NextEpochAsync(Identity, TestContext.Current.CancellationToken)).ShouldBe(2);
    }

    [Fact]
    public async Task Write_OlderThanTheNewest_IsRefused()
    {
        using var cluster = PartitionLoopTests.Cluster();
        using var connection = Connection(cluster);
        using var store = await StoreAsync(cluster, connection);
        (await store.WriteAsync(Snapshot(10, 100), default)).ShouldBeTrue();
        (await store.WriteAsync(Snapshot(9, 100), default)).ShouldBeFalse();
        (await store.WriteAsync(Snapshot(9, 100) with { Epoch = 0 }, default)).ShouldBeFalse();
        (await store.ReadAsync(Identity, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Offset.ShouldBe(10);
    }

    private static Snapshot Snapshot(long offset, int bytes)
    {
        var payload = new byte[bytes];
        new Random((int)offset).NextBytes(payload);
        return new Snapshot(Identity, offset, 1, 5, 77, payload);
    }

    private static KafkaConnection Connection(TestCluster cluster) =>
        new(Options.Create(new KafkaOptions { BootstrapServers = cluster.Bootstrap, TopicPrefix = cluster.Prefix, Partitions = 1 }));

    private static async Task<TopicSnapshotStore> StoreAsync(TestCluster cluster, KafkaConnection connection)
    {
        using var topics = new TopicCreator(connection, new TopicNames(cluster.Prefix));
        await topics.EnsureAsync(TestContext.Current.CancellationToken);
        return new TopicSnapshotStore(connection, cluster.Names);
    }
}
