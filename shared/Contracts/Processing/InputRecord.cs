namespace Tidewatch.Contracts.Processing;

/// <summary>One input record as the partition loop gives it to the processor; its spans live until the call returns.</summary>
/// <param name="offset">Its offset.</param>
/// <param name="timestampMs">The broker's append time (or the producer's where the topic says so), Unix milliseconds: the only "now" that state may know.</param>
/// <param name="key">Record key.</param>
/// <param name="value">Record value.</param>
/// <param name="headers">The original headers, for dead letters.</param>
/// <param name="leaderEpoch">Under which leader it was written, -1 for unknown: for the log's continuity alone, no state may know it.</param>
public readonly ref struct InputRecord(
    long offset, long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, IReadOnlyList<KeyValuePair<string, byte[]>>? headers = null, int leaderEpoch = -1)
{
    public long Offset { get; } = offset;

    public long TimestampMs { get; } = timestampMs;

    public ReadOnlySpan<byte> Key { get; } = key;

    public ReadOnlySpan<byte> Value { get; } = value;

    public IReadOnlyList<KeyValuePair<string, byte[]>>? Headers { get; } = headers;

    public int LeaderEpoch { get; } = leaderEpoch;
}
