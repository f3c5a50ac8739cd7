namespace Tidewatch.Kafka.Partitions;

/// <summary>One input record as the partition loop gives it to the processor; its spans live until the call returns.</summary>
public readonly ref struct InputRecord(long offset, long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
{
    public long Offset { get; } = offset;

    /// <summary>The broker's append time (or the producer's where the topic says so), Unix milliseconds: the only "now" that state may know.</summary>
    public long TimestampMs { get; } = timestampMs;

    public ReadOnlySpan<byte> Key { get; } = key;

    public ReadOnlySpan<byte> Value { get; } = value;
}
