using System.Buffers.Binary;
using System.Text;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Kafka.Ownership;

/// <summary>Reads what a member of a classic group was given: Kafka's ConsumerProtocolAssignment (version, then topics with their partitions; what follows is not looked at), big-endian.</summary>
public ref struct MemberAssignment
{
    private ReadOnlySpan<byte> _rest;

    private MemberAssignment(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>Its partitions, in the order in which they stand there.</summary>
    /// <param name="bytes">As the broker hands it out; empty for a member that was given nothing.</param>
    /// <param name="partitions">None where it returns false.</param>
    /// <returns>False for bytes that are cut short or no assignment.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IReadOnlyList<InputPartition> partitions)
    {
        var found = new List<InputPartition>();
        var isRead = bytes.IsEmpty || new MemberAssignment(bytes).TryRead(found);
        partitions = isRead ? found : [];
        return isRead;
    }

    private bool TryRead(List<InputPartition> found)
    {
        if (!TryTake(sizeof(short), out var version) || BinaryPrimitives.ReadInt16BigEndian(version) < 0 || !TryCount(out var topics))
        {
            return false;
        }

        for (; topics > 0; topics--)
        {
            if (!TryTopic(found))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryTopic(List<InputPartition> found)
    {
        if (!TryTake(sizeof(short), out var length) || !TryTake(BinaryPrimitives.ReadInt16BigEndian(length), out var name) || !TryCount(out var count))
        {
            return false;
        }

        var topic = Encoding.UTF8.GetString(name);
        for (; count > 0; count--)
        {
            if (!TryTake(sizeof(int), out var number))
            {
                return false;
            }

            found.Add(new InputPartition(topic, BinaryPrimitives.ReadInt32BigEndian(number)));
        }

        return true;
    }

    private bool TryCount(out int count)
    {
        var isThere = TryTake(sizeof(int), out var bytes);
        count = isThere ? BinaryPrimitives.ReadInt32BigEndian(bytes) : 0;
        return isThere && count >= 0;
    }

    private bool TryTake(int length, out ReadOnlySpan<byte> taken)
    {
        if (length < 0 || length > _rest.Length)
        {
            taken = default;
            return false;
        }

        taken = _rest[..length];
        _rest = _rest[length..];
        return true;
    }
}
