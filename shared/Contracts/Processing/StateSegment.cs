namespace Tidewatch.Contracts.Processing;

/// <summary>A part of a partition's state as <see cref="IPartitionProcessor.Save"/> wrote it.</summary>
/// <param name="Stamp">It holds every record before this offset.</param>
/// <param name="Bytes">The part's bytes.</param>
public readonly record struct StateSegment(long Stamp, ReadOnlyMemory<byte> Bytes);
