using System.Text.Json.Serialization;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Durable;

/// <summary>What a durable snapshot consists of; written behind its chunks, so a reader that finds it finds them.</summary>
internal sealed record DurableManifest
{
    public required PartitionIdentity Identity { get; init; }
    public required long Offset { get; init; }
    public required long Epoch { get; init; }
    public required int SeriesCount { get; init; }
    public required ulong StateHash { get; init; }
    public required int TotalBytes { get; init; }

    /// <summary>xxHash64 of each chunk, in order.</summary>
    public required IReadOnlyList<ulong> ChunkHashes { get; init; }
}

/// <summary>JSON of the manifest by source generation.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DurableManifest))]
internal sealed partial class DurableJson : JsonSerializerContext;
