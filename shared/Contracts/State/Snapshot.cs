namespace Tidewatch.Contracts.State;

/// <summary>A partition's whole state after every visible record with an offset below <see cref="Offset"/>.</summary>
/// <param name="Identity">What it belongs to.</param>
/// <param name="Offset">The stamp: next input offset to apply.</param>
/// <param name="Epoch">The owner's fencing token.</param>
/// <param name="SeriesCount">Series in it.</param>
/// <param name="StateHash">Hash of the state, compared after a restore.</param>
/// <param name="Payload">The state's bytes.</param>
public sealed record Snapshot(PartitionIdentity Identity, long Offset, long Epoch, int SeriesCount, ulong StateHash, ReadOnlyMemory<byte> Payload);
