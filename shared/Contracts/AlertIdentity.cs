using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tidewatch.Contracts;

/// <summary>Ids that follow from what they name, so that a replay gives the same id and a reader can deduplicate.</summary>
public static class AlertIdentity
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Length = 26;

    /// <summary>The id of the <paramref name="ordinal"/>-th alert that one input record caused: base32(sha256(...))[0..26].</summary>
    public static string Id(string topicId, int partition, long offset, string detector, int ordinal)
    {
        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt32BigEndian(numbers, partition);
        BinaryPrimitives.WriteInt64BigEndian(numbers[4..], offset);
        BinaryPrimitives.WriteInt32BigEndian(numbers[12..], ordinal);
        return Hash([.. Encoding.UTF8.GetBytes(topicId), 0, .. numbers, .. Encoding.UTF8.GetBytes(detector)]);
    }

    /// <summary>The key of the alerts of one series by one detector.</summary>
    public static string Key(string series, string detector) =>
        Hash([.. Encoding.UTF8.GetBytes(series), 0, .. Encoding.UTF8.GetBytes(detector)]);

    /// <summary>An id as the number that <see cref="ProgressRecord.AlertIdsXor"/> is made of: its first 8 bytes, little-endian.</summary>
    public static ulong Fold(string id)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Encoding.UTF8.GetBytes(id.AsSpan(0, Math.Min(id.Length, Length)), bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private static string Hash(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(content, hash);
        Span<char> text = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
        {
            var bit = i * 5;
            var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            text[i] = Base32[(pair >> (11 - (bit % 8))) & 31];
        }

        return new string(text);
    }
}
