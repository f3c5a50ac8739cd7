using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Durable;

/// <summary>Keys on the snapshot topic: group, topic id, partition, then slot for a manifest, segment and number for a chunk; group and hash for a configuration.</summary>
internal static class SnapshotTopicKeys
{
    private const string ManifestEnd = "/manifest";
    private const string SettingsPart = "/settings/";

    public static string Manifest(PartitionIdentity partition, string slot) => $"{Root(partition)}/{slot}{ManifestEnd}";

    /// <summary>The chunks of a segment, in order.</summary>
    public static IEnumerable<string> Chunks(PartitionIdentity partition, SnapshotSegment segment) =>
        Enumerable.Range(0, segment.ChunkHashes.Count).Select(i => $"{Root(partition)}/{segment.Id}/{i}");

    /// <summary>The text of a configuration.</summary>
    public static string Settings(string group, ulong hash) => $"{group}{SettingsPart}{hash:x16}";

    /// <summary>Whether what is under the key is small and asked for often.</summary>
    public static bool IsKept(string key) => key.EndsWith(ManifestEnd, StringComparison.Ordinal) || key.Contains(SettingsPart, StringComparison.Ordinal);

    private static string Root(PartitionIdentity partition) => $"{partition.Group}/{partition.TopicId}/{partition.Partition}";
}
