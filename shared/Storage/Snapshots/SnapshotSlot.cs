namespace Tidewatch.Storage.Snapshots;

/// <summary>The two places of a partition's snapshots: one is whole while the other is being written.</summary>
internal enum SnapshotSlot
{
    A,
    B,
}
