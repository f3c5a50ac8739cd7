namespace Tidewatch.Contracts;

/// <summary>Tells a record from another one that stands at its offset after the log was cut and grew again. No part of any state.</summary>
/// <param name="LeaderEpoch">Under which leader of the partition it was written: each election counts one up, so offset and epoch name one record (KIP-101); -1 where the broker does not say.</param>
/// <param name="TimestampMs">Its timestamp, Unix milliseconds; -1 for none.</param>
public readonly record struct RecordStamp(int LeaderEpoch, long TimestampMs);
