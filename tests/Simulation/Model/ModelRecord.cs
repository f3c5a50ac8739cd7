namespace Tidewatch.Simulation.Model;

/// <summary>One entry of a model log.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="Key">Record key.</param>
/// <param name="Value">Record value; null for a control marker.</param>
/// <param name="TimestampMs">Append time of the model's clock.</param>
/// <param name="Transaction">The transaction it belongs to; null for a plain record.</param>
/// <param name="IsControl">True for the marker that ends a transaction: it takes an offset and is never delivered.</param>
/// <param name="Headers">Record headers.</param>
/// <param name="LeaderEpoch">The election under whose leader it was written.</param>
public sealed record ModelRecord(
    long Offset, byte[]? Key, byte[]? Value, long TimestampMs, ModelTransaction? Transaction, bool IsControl, IReadOnlyList<KeyValuePair<string, byte[]>> Headers, int LeaderEpoch);
