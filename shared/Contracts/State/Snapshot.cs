namespace Tidewatch.Contracts.State;

/// <summary>A snapshot to be written: its manifest, and the bytes of its newest segment. The earlier segments are in the tier already.</summary>
public sealed record Snapshot(SnapshotManifest Manifest, ReadOnlyMemory<byte> Newest);
