using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidewatch.Contracts.State;

/// <summary>What a snapshot consists of, written after its bytes: a reader believes nothing that it does not prove.</summary>
public sealed record SnapshotManifest
{
    /// <summary>What it belongs to.</summary>
    public required PartitionIdentity Identity { get; init; }

    /// <summary>The stamp: the newest segment holds its series as they were before this input offset.</summary>
    public required long Offset { get; init; }

    /// <summary>Where replay begins: series that changed before <see cref="Offset"/> and are not yet written did so at or after it. At most <see cref="Offset"/>.</summary>
    public required long ReplayFrom { get; init; }

    /// <summary>The owner's fencing token.</summary>
    public required long Epoch { get; init; }

    /// <summary>Series in all segments together.</summary>
    public required int SeriesCount { get; init; }

    /// <summary>Hash of the partition's state before <see cref="Offset"/>, compared once replay has reached it.</summary>
    public required ulong StateHash { get; init; }

    /// <summary>Every series, some of them several times, oldest first: a series counts as the last segment has it.</summary>
    public required IReadOnlyList<SnapshotSegment> Segments { get; init; }

    /// <summary>The segments do not hold every series yet: nothing to be loaded, only something to go on with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsPartial { get; init; }

    /// <summary>When it was written, UTC; for people, never compared.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>Whether <paramref name="other"/> must not be replaced by this one.</summary>
    public bool IsOlderThan(SnapshotManifest other) => (Epoch, Offset).CompareTo((other.Epoch, other.Offset)) < 0;

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, SnapshotJson.Default.SnapshotManifest);

    /// <summary>Null for bytes that are not a manifest. One of the first format (a whole state in <paramref name="slot"/>) becomes a manifest of one segment with the slot's name.</summary>
    public static SnapshotManifest? Decode(ReadOnlySpan<byte> bytes, string slot)
    {
        try
        {
            var stored = JsonSerializer.Deserialize(bytes, SnapshotJson.Default.StoredManifest);
            return stored switch
            {
                { Identity: null } or null => null,
                { Segments: { Count: > 0 } segments } => Of(stored, stored.ReplayFrom, segments),
                { ChunkHashes: { } hashes, TotalBytes: >= 0 and var size } => Of(stored, stored.Offset, [new SnapshotSegment(slot, stored.Offset, size, hashes)]),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SnapshotManifest Of(StoredManifest stored, long replayFrom, IReadOnlyList<SnapshotSegment> segments) => new()
    {
        Identity = stored.Identity!,
        Offset = stored.Offset,
        ReplayFrom = replayFrom,
        Epoch = stored.Epoch,
        SeriesCount = stored.SeriesCount,
        StateHash = stored.StateHash,
        Segments = segments,
        IsPartial = stored.IsPartial,
        WrittenAt = stored.WrittenAt,
    };
}

/// <summary>Both formats of a manifest: one state in chunks (first), or segments.</summary>
internal sealed record StoredManifest
{
    public PartitionIdentity? Identity { get; init; }
    public long Offset { get; init; }
    public long ReplayFrom { get; init; }
    public long Epoch { get; init; }
    public int SeriesCount { get; init; }
    public ulong StateHash { get; init; }
    public int TotalBytes { get; init; }
    public IReadOnlyList<ulong>? ChunkHashes { get; init; }
    public IReadOnlyList<SnapshotSegment>? Segments { get; init; }
    public bool IsPartial { get; init; }
    public DateTimeOffset WrittenAt { get; init; }
}

/// <summary>JSON of manifests by source generation.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SnapshotManifest))]
[JsonSerializable(typeof(StoredManifest))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
