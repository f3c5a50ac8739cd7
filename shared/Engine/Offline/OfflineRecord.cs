namespace Tidewatch.Engine.Offline;

/// <summary>One input record, wherever it is read from.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="TimestampMs">The record's timestamp, Unix milliseconds; -1 where there is none.</param>
/// <param name="Key">Record key.</param>
/// <param name="Value">An observation's bytes.</param>
public sealed record OfflineRecord(long Offset, long TimestampMs, byte[] Key, byte[] Value);
