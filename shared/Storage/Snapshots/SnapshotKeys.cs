using StackExchange.Redis;
using Tidewatch.Contracts.State;

namespace Tidewatch.Storage.Snapshots;

/// <summary>The Redis keys of one partition: one hash tag, hence one slot and one replication stream, so that a failover keeps a prefix of the writes.</summary>
internal sealed class SnapshotKeys(string prefix, PartitionIdentity partition)
{
    private readonly string _root = $"{prefix}:snapshot:{partition.Group}:{{{partition.TopicId}:{partition.Partition}}}";

    /// <summary>The newest fencing token handed out.</summary>
    public RedisKey Epoch => $"{_root}:epoch";

    public RedisKey Manifest(SnapshotSlot slot) => $"{_root}:{Letter(slot)}";

    public RedisKey Chunk(SnapshotSlot slot, int index) => $"{_root}:{Letter(slot)}:{index}";

    private static char Letter(SnapshotSlot slot) => slot == SnapshotSlot.A ? 'a' : 'b';
}
