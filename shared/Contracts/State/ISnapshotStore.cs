namespace Tidewatch.Contracts.State;

/// <summary>A tier that keeps partition snapshots: Redis (fast), a compacted topic (durable), memory (embedded).</summary>
/// <remarks>Failures throw; the caller goes on without the tier and counts them. Never called per event.</remarks>
public interface ISnapshotStore
{
    /// <summary>Short name for logs and metrics: <c>redis</c>, <c>topic</c>, <c>memory</c>.</summary>
    string Name { get; }

    /// <summary>The next fencing token of a partition; larger than every earlier one unless the tier lost data.</summary>
    Task<long> NextEpochAsync(PartitionIdentity partition, CancellationToken cancellationToken);

    /// <summary>Writes chunks, then the manifest; false when the tier already holds a newer (epoch, offset).</summary>
    Task<bool> WriteAsync(Snapshot snapshot, CancellationToken cancellationToken);

    /// <summary>Whole, verified snapshots of the partition, newest first; a damaged one is left out and counted.</summary>
    Task<IReadOnlyList<Snapshot>> ReadAsync(PartitionIdentity partition, CancellationToken cancellationToken);
}
