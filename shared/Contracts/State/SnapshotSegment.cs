using System.IO.Hashing;

namespace Tidewatch.Contracts.State;

/// <summary>Some series of a partition, or all of them, as they were at one offset.</summary>
/// <param name="Id">Names its chunks within the partition; never used twice.</param>
/// <param name="Stamp">Its series hold every record before this offset.</param>
/// <param name="Bytes">Length of all chunks together.</param>
/// <param name="ChunkHashes">xxHash64 of each chunk, in order.</param>
public sealed record SnapshotSegment(string Id, long Stamp, int Bytes, IReadOnlyList<ulong> ChunkHashes)
{
    /// <summary>Largest chunk, bytes: below Kafka's default limit of a message, and small enough not to hold up other clients of a Redis.</summary>
    public const int ChunkBytes = 512 * 1024;

    /// <summary>Describes <paramref name="content"/>.</summary>
    public static SnapshotSegment Of(string id, long stamp, ReadOnlyMemory<byte> content) =>
        new(id, stamp, content.Length, [.. Cut(content).Select(c => XxHash64.HashToUInt64(c.Span))]);

    /// <summary>The chunks of <paramref name="content"/>, in order.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> content)
    {
        for (var start = 0; start < content.Length; start += ChunkBytes)
        {
            yield return content.Slice(start, Math.Min(ChunkBytes, content.Length - start));
        }
    }

    /// <summary>The content of the chunks that were found; null when one is missing or changed.</summary>
    public byte[]? Join(IReadOnlyList<byte[]?> chunks)
    {
        var content = new byte[Bytes];
        var at = 0;
        for (var i = 0; i < ChunkHashes.Count; i++)
        {
            if (i >= chunks.Count || chunks[i] is not { } chunk || XxHash64.HashToUInt64(chunk) != ChunkHashes[i] || at + chunk.Length > Bytes)
            {
                return null;
            }

            chunk.CopyTo(content, at);
            at += chunk.Length;
        }

        return at == Bytes ? content : null;
    }
}
