namespace Tidewatch.Kafka;

/// <summary>One record as a plain consumer sees it.</summary>
public sealed record ReceivedRecord(
    string Topic, int Partition, long Offset, DateTimeOffset Timestamp, byte[]? Key, byte[]? Value, IReadOnlyList<KeyValuePair<string, byte[]>> Headers);
