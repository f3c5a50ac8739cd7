using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tidewatch.Contracts.State;

namespace Tidewatch.Storage.Snapshots;

/// <summary>What a snapshot consists of, written after its chunks: a reader believes nothing that it does not prove.</summary>
internal sealed record SnapshotManifest
{
    public required PartitionIdentity Identity { get; init; }
    public required long Offset { get; init; }
    public required long Epoch { get; init; }
    public required int SeriesCount { get; init; }
    public required ulong StateHash { get; init; }
    public required int TotalBytes { get; init; }

    /// <summary>xxHash64 of each chunk, in order.</summary>
    public required IReadOnlyList<ulong> ChunkHashes { get; init; }

    /// <summary>When it was written, UTC; for people, never compared.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    public static SnapshotManifest Of(Snapshot snapshot, int chunkBytes, DateTimeOffset now) => new()
    {
        Identity = snapshot.Identity,
        Offset = snapshot.Offset,
        Epoch = snapshot.Epoch,
        SeriesCount = snapshot.SeriesCount,
        StateHash = snapshot.StateHash,
        TotalBytes = snapshot.Payload.Length,
        ChunkHashes = [.. Chunks(snapshot.Payload, chunkBytes).Select(c => XxHash64.HashToUInt64(c.Span))],
        WrittenAt = now,
    };

    public static IEnumerable<ReadOnlyMemory<byte>> Chunks(ReadOnlyMemory<byte> payload, int chunkBytes)
    {
        for (var start = 0; start < payload.Length; start += chunkBytes)
        {
            yield return payload.Slice(start, Math.Min(chunkBytes, payload.Length - start));
        }
    }

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, SnapshotJson.Default.SnapshotManifest);

    /// <summary>Null for bytes that are not a manifest.</summary>
    public static SnapshotManifest? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, SnapshotJson.Default.SnapshotManifest) is { TotalBytes: >= 0, Identity: not null, ChunkHashes: not null } manifest ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>JSON of manifests by source generation.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SnapshotManifest))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
