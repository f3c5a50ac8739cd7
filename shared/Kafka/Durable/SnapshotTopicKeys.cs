using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Durable;

/// <summary>Keys on the snapshot topic: group, topic id, partition, slot, and for a chunk its number.</summary>
internal static class SnapshotTopicKeys
{
    private const string ManifestEnd = "/manifest";

    public static readonly IReadOnlyList<string> Slots = ["a", "b"];

    public static string Manifest(PartitionIdentity partition, string slot) => $"{Root(partition, slot)}{ManifestEnd}";

    public static string Chunk(PartitionIdentity partition, string slot, int index) => $"{Root(partition, slot)}/{index}";

    public static bool IsManifest(string key) => key.EndsWith(ManifestEnd, StringComparison.Ordinal);

    private static string Root(PartitionIdentity partition, string slot) => $"{partition.Group}/{partition.TopicId}/{partition.Partition}/{slot}";
}
