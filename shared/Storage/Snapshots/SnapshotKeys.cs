using StackExchange.Redis;
using Tidewatch.Contracts.State;

namespace Tidewatch.Storage.Snapshots;

/// <summary>The Redis keys of one partition: one hash tag, hence one slot and one replication stream, so that a failover keeps a prefix of the writes.</summary>
internal sealed class SnapshotKeys(string prefix, PartitionIdentity partition)
{
    private readonly string _root = $"{prefix}:snapshot:{partition.Group}:{{{partition.TopicId}:{partition.Partition}}}";

    /// <summary>The newest fencing token handed out.</summary>
    public RedisKey Epoch => $"{_root}:epoch";

    public RedisKey Manifest(string slot) => $"{_root}:{slot}";

    /// <summary>The chunks of a segment, in order.</summary>
    public RedisKey[] Chunks(SnapshotSegment segment) => [.. Enumerable.Range(0, segment.ChunkHashes.Count).Select(i => (RedisKey)$"{_root}:{segment.Id}:{i}")];
}
