using System.Buffers.Binary;
using System.Net.Sockets;
using System.Numerics;
using System.Text;
using Confluent.Kafka;

namespace Tidewatch.Kafka.Tests.Partitions;

/// <summary>Three of Kafka's requests as bytes, for a transactional producer that sends what no client library would.</summary>
/// <remarks>Kafka protocol guide: InitProducerId v1, TxnOffsetCommit v0 and Produce v3, with request header v1 and answer header v0; record batch v2.</remarks>
internal sealed class ProducerWire : IDisposable
{
    private const short ProduceRecords = 0;
    private const short InitProducerId = 22;
    private const short TxnOffsetCommit = 28;
    private const byte Magic = 2;
    private const byte NoKey = 1;
    private const short Transactional = 16;
    private readonly TcpClient _client;

    public ProducerWire(string bootstrap)
    {
        var at = bootstrap.LastIndexOf(':');
        _client = new TcpClient(bootstrap[..at], int.Parse(bootstrap[(at + 1)..]));
    }

    /// <summary>Raises the epoch of <paramref name="transactionalId"/>.</summary>
    public (long ProducerId, short Epoch) Initialize(string transactionalId)
    {
        var answer = Ask(InitProducerId, version: 1, [.. Text(transactionalId), .. Int(15_000)]).AsSpan(4);
        var error = (ErrorCode)BinaryPrimitives.ReadInt16BigEndian(answer);
        return error == ErrorCode.NoError
            ? (BinaryPrimitives.ReadInt64BigEndian(answer[2..]), BinaryPrimitives.ReadInt16BigEndian(answer[10..]))
            : throw new KafkaException(error);
    }

    /// <summary>Offset 0 of the topic's partition 0 for the group, in a transaction of which the transaction coordinator knows nothing.</summary>
    public ErrorCode CommitOffset(string transactionalId, string group, (long ProducerId, short Epoch) producer, string topic)
    {
        var answer = Ask(TxnOffsetCommit, version: 0, [
            .. Text(transactionalId), .. Text(group), .. Long(producer.ProducerId), .. Short(producer.Epoch),
            .. Int(1), .. Text(topic), .. Int(1), .. Int(0), .. Long(0), .. Text(string.Empty)]);
        return (ErrorCode)BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(^2));
    }

    /// <summary>One record in the topic's partition 0, in a transaction of which the transaction coordinator knows nothing.</summary>
    public ErrorCode Produce(string transactionalId, (long ProducerId, short Epoch) producer, string topic)
    {
        byte[] record = [0, 0, 0, NoKey, 2, (byte)'x', 0];
        byte[] checkedPart = [
            .. Short(Transactional), .. Int(0), .. Long(0), .. Long(0), .. Long(producer.ProducerId), .. Short(producer.Epoch), .. Int(0), .. Int(1), (byte)(record.Length * 2), .. record];
        byte[] afterLength = [.. Int(-1), Magic, .. Int((int)Crc32C(checkedPart)), .. checkedPart];
        byte[] batch = [.. Long(0), .. Int(afterLength.Length), .. afterLength];
        var answer = Ask(ProduceRecords, version: 3, [
            .. Text(transactionalId), .. Short(-1), .. Int(10_000), .. Int(1), .. Text(topic), .. Int(1), .. Int(0), .. Int(batch.Length), .. batch]);
        return (ErrorCode)BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(4 + 2 + topic.Length + 4 + 4));
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The answer after its correlation id.</summary>
    private byte[] Ask(short api, short version, byte[] body)
    {
        byte[] request = [.. Short(api), .. Short(version), .. Int(0), .. Text("wire"), .. body];
        var stream = _client.GetStream();
        stream.Write([.. Int(request.Length), .. request]);
        var length = new byte[4];
        stream.ReadExactly(length);
        var answer = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        stream.ReadExactly(answer);
        return answer[4..];
    }

    private static uint Crc32C(byte[] bytes) => ~bytes.Aggregate(uint.MaxValue, BitOperations.Crc32C);

    private static byte[] Text(string text) => [.. Short((short)text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Short(short value) => Written(2, s => BinaryPrimitives.WriteInt16BigEndian(s, value));

    private static byte[] Int(int value) => Written(4, s => BinaryPrimitives.WriteInt32BigEndian(s, value));

    private static byte[] Long(long value) => Written(8, s => BinaryPrimitives.WriteInt64BigEndian(s, value));

    private delegate void Write(Span<byte> bytes);

    private static byte[] Written(int length, Write write)
    {
        var bytes = new byte[length];
        write(bytes);
        return bytes;
    }
}
