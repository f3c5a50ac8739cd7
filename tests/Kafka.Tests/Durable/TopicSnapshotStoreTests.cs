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
                (await writer.WriteAsync(Snapshot(offset, bytes: SnapshotSegment.ChunkBytes * 5 / 2), default)).ShouldBe(WriteOutcome.Written);
            }
        }

        using var reader = new TopicSnapshotStore(connection, cluster.Names);
        var found = await reader.ReadAsync(Identity, TestContext.Current.CancellationToken);
        found.Select(s => s.Offset).ShouldBe([30, 20]);
        (await reader.LoadAsync(found[0], TestContext.Current.CancellationToken))!.ShouldHaveSingleItem().Bytes.ToArray().ShouldBe(Snapshot(30, SnapshotSegment.ChunkBytes * 5 / 2).Newest.ToArray());
        (await reader.ReadAsync(Identity with { ConfigHash = 1 }, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await reader.NextEpochAsync(Identity, TestContext.Current.CancellationToken)).ShouldBe(2);
    }

    [Fact]
    public async Task Write_OlderThanTheNewest_IsRefused()
    {
        using var cluster = PartitionLoopTests.Cluster();
        using var connection = Connection(cluster);
        using var store = await StoreAsync(cluster, connection);
        (await store.WriteAsync(Snapshot(10, 100), default)).ShouldBe(WriteOutcome.Written);
        (await store.WriteAsync(Snapshot(9, 100), default)).ShouldBe(WriteOutcome.Outdated);
        (await store.WriteAsync(Snapshot(19, 100, epoch: 0), default)).ShouldBe(WriteOutcome.Outdated);
        (await store.ReadAsync(Identity, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Offset.ShouldBe(10);
    }

    [Fact]
    public async Task Load_ChangesOnAWholeState_GivesBothAndDropsWhatNobodyNames()
    {
        using var cluster = PartitionLoopTests.Cluster();
        using var connection = Connection(cluster);
        using var store = await StoreAsync(cluster, connection);
        var whole = Snapshot(10, 100);
        await store.WriteAsync(whole, default);
        (await store.WriteAsync(Snapshot(20, 50, before: whole.Manifest.Segments), default)).ShouldBe(WriteOutcome.Written);

        var read = (await store.ReadAsync(Identity, TestContext.Current.CancellationToken))[0];
        (await store.LoadAsync(read, TestContext.Current.CancellationToken))!.Select(s => (s.Stamp, s.Bytes.Length)).ShouldBe([(10, 100), (20, 50)]);

        await store.WriteAsync(Snapshot(30, 100), default);
        await store.WriteAsync(Snapshot(40, 100), default);
        (await store.LoadAsync(read, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await store.WriteAsync(Snapshot(50, 50, before: whole.Manifest.Segments), default)).ShouldBe(WriteOutcome.BaseLost);
    }

    private static Snapshot Snapshot(long offset, int bytes, long epoch = 1, IReadOnlyList<SnapshotSegment>? before = null)
    {
        var payload = new byte[bytes];
        new Random((int)offset).NextBytes(payload);
        var manifest = new SnapshotManifest
        {
            Identity = Identity,
            Offset = offset,
            ReplayFrom = offset,
            Epoch = epoch,
            SeriesCount = 5,
            StateHash = 77,
            Segments = [.. before ?? [], SnapshotSegment.Of($"{epoch}-{offset}", offset, payload)],
        };
        return new Snapshot(manifest, payload);
    }

    private static KafkaConnection Connection(TestCluster cluster) =>
        new(Options.Create(new KafkaOptions { BootstrapServers = cluster.Bootstrap, TopicPrefix = cluster.Prefix, Partitions = 1 }));

    private static async Task<TopicSnapshotStore> StoreAsync(TestCluster cluster, KafkaConnection connection)
    {
        using var topics = new TopicCreator(connection, new TopicNames(cluster.Prefix));
        await topics.EnsureAsync(TestContext.Current.CancellationToken);
        var store = new TopicSnapshotStore(connection, cluster.Names);

        // A loaded broker takes longer to give a new topic its leader than the store waits.
        await TestCluster.InsistAsync(() => store.ReadAsync(Identity, TestContext.Current.CancellationToken));
        return store;
    }
}
