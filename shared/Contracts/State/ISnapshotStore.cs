using Tidewatch.Contracts.Processing;

namespace Tidewatch.Contracts.State;

/// <summary>A tier that keeps partition snapshots: Redis (fast), a compacted topic (durable), memory (embedded).</summary>
/// <remarks>Failures throw; the caller goes on without the tier and counts them. Never called per event.</remarks>
public interface ISnapshotStore
{
    /// <summary>Short name for logs and metrics: <c>redis</c>, <c>topic</c>, <c>memory</c>.</summary>
    string Name { get; }

    /// <summary>The next fencing token of a partition; larger than every earlier one unless the tier lost data.</summary>
    Task<long> NextEpochAsync(PartitionIdentity partition, CancellationToken cancellationToken);

    /// <summary>Writes the segment's chunks, then the manifest. Segments that neither of the two newest manifests names are dropped.</summary>
    Task<WriteOutcome> WriteAsync(Snapshot snapshot, CancellationToken cancellationToken);

    /// <summary>The manifests of the partition's two newest snapshots, the one with the shortest replay first.</summary>
    Task<IReadOnlyList<SnapshotManifest>> ReadAsync(PartitionIdentity partition, CancellationToken cancellationToken);

    /// <summary>The segments of <paramref name="manifest"/>, verified, in order; null, and counted, when one is damaged or gone.</summary>
    Task<IReadOnlyList<StateSegment>?> LoadAsync(SnapshotManifest manifest, CancellationToken cancellationToken);
}
