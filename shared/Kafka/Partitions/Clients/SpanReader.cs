using Confluent.Kafka;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>Copies a field into one reused buffer and gives its length (-1 for null), so that consuming a record allocates no arrays.</summary>
internal sealed class SpanReader : IDeserializer<int>
{
    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>The field of the record consumed last.</summary>
    public ReadOnlySpan<byte> Last => _buffer.AsSpan(0, Math.Max(0, _length));

    public int Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (data.Length > _buffer.Length)
        {
            _buffer = new byte[data.Length * 2];
        }

        data.CopyTo(_buffer);
        return _length = isNull ? -1 : data.Length;
    }
}
