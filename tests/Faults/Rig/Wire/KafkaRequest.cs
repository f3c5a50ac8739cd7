using System.Buffers.Binary;

namespace Tidewatch.Faults.Rig.Wire;

/// <summary>What a Kafka request shows without being decoded: its size stands first, then the API's key and version.</summary>
internal static class KafkaRequest
{
    public const short Produce = 0;
    public const short JoinGroup = 11;
    public const short InitProducerId = 22;
    public const short AddPartitionsToTxn = 24;
    public const short AddOffsetsToTxn = 25;
    public const short EndTxn = 26;
    public const short TxnOffsetCommit = 28;

    /// <summary>Reads one message, request or answer, size included.</summary>
    public static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, cancellationToken);
        var message = new byte[4 + BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(4), cancellationToken);
        return message;
    }

    public static short Api(byte[] request) => BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(4));

    public static short Version(byte[] request) => BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(6));
}
