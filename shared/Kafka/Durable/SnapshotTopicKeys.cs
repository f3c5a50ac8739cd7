using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Durable;

/// <summary>Keys on the snapshot topic: group, topic id, partition, then slot for a manifest, segment and number for a chunk.</summary>
internal static class SnapshotTopicKeys
{
    private const string ManifestEnd = "/manifest";

    public static string Manifest(PartitionIdentity partition, string slot) => $"{Root(partition)}/{slot}{ManifestEnd}";

    /// <summary>The chunks of a segment, in order.</summary>
    public static IEnumerable<string> Chunks(PartitionIdentity partition, SnapshotSegment segment) =>
        Enumerable.Range(0, segment.ChunkHashes.Count).Select(i => $"{Root(partition)}/{segment.Id}/{i}");

    public static bool IsManifest(string key) => key.EndsWith(ManifestEnd, StringComparison.Ordinal);

    private static string Root(PartitionIdentity partition) => $"{partition.Group}/{partition.TopicId}/{partition.Partition}";
}
