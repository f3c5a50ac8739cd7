using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>Hands the records of a consumer to a handler, a batch at a time and without an allocation each.</summary>
internal sealed unsafe class BatchReader : IDisposable
{
    private const int BatchSize = 4_096;
    private const int PartitionEnd = (int)ErrorCode.Local_PartitionEOF;
    private readonly nint _client;
    private readonly nint _queue;
    private readonly NativeRecord** _batch = (NativeRecord**)NativeMemory.Alloc(BatchSize, (nuint)sizeof(nint));
    private readonly Dictionary<(nint Topic, int Partition), InputPartition> _partitions = [];
    private readonly HashSet<InputPartition> _moved = [];
    private readonly RecordHeaders _headers = new();
    private (nint Topic, int Number) _lastKey;
    private InputPartition _last;

    public BatchReader(IClient consumer)
    {
        _client = NativeConsumer.HandleOf(consumer);
        _queue = NativeConsumer.Queue(_client);
    }

    /// <summary>Delivers one batch; waits for its first record for at most <paramref name="timeout"/>.</summary>
    /// <returns>The first error that a partition reported, none when there was none.</returns>
    public ErrorCode Read(TimeSpan timeout, IInputHandler handler)
    {
        _moved.Clear();
        _lastKey = default;
        _partitions.Clear();
        var count = (int)NativeConsumer.ConsumeBatch(_queue, 0, _batch, BatchSize);
        if (count <= 0)
        {
            _batch[0] = NativeConsumer.Poll(_client, (int)timeout.TotalMilliseconds);
            count = _batch[0] is null ? 0 : 1;
        }

        var error = ErrorCode.NoError;
        var next = 0;
        try
        {
            for (; next < count; next++)
            {
                var found = Deliver(_batch[next], handler);
                error = error == ErrorCode.NoError ? found : error;
                NativeConsumer.Destroy(_batch[next]);
            }
        }
        finally
        {
            for (; next < count; next++)
            {
                NativeConsumer.Destroy(_batch[next]);
            }
        }

        return error;
    }

    /// <summary>What the running batch still holds of the partition is from before a seek and is passed over.</summary>
    public void Moved(InputPartition partition) => _moved.Add(partition);

    /// <summary>What stands behind <see cref="ErrorCode.Local_Fatal"/>.</summary>
    public Error FatalError()
    {
        Span<byte> text = stackalloc byte[512];
        var code = (ErrorCode)NativeConsumer.FatalError(_client, text, (nuint)text.Length);
        return new Error(code, Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]), isFatal: true);
    }

    public void Dispose()
    {
        NativeConsumer.DestroyQueue(_queue);
        NativeMemory.Free(_batch);
    }

    private ErrorCode Deliver(NativeRecord* record, IInputHandler handler)
    {
        if (record->Topic == 0)
        {
            return (ErrorCode)record->Error;
        }

        var partition = PartitionOf(record);
        if (_moved.Count > 0 && _moved.Contains(partition))
        {
            return ErrorCode.NoError;
        }

        if (record->Error == PartitionEnd)
        {
            handler.OnEnd(partition, record->Offset);
            return ErrorCode.NoError;
        }

        if (record->Error != 0)
        {
            return (ErrorCode)record->Error;
        }

        int type;
        _headers.Of(record);
        handler.OnRecord(partition, new InputRecord(
            record->Offset, NativeConsumer.Timestamp(record, &type), new(record->Key, (int)record->KeyLength), new(record->Value, (int)record->ValueLength), _headers, NativeConsumer.LeaderEpoch(record)));
        return ErrorCode.NoError;
    }

    private InputPartition PartitionOf(NativeRecord* record)
    {
        if (_lastKey.Topic == record->Topic && _lastKey.Number == record->Partition)
        {
            return _last;
        }

        _lastKey = (record->Topic, record->Partition);
        if (!_partitions.TryGetValue(_lastKey, out _last))
        {
            _partitions[_lastKey] = _last = new InputPartition(Marshal.PtrToStringUTF8(NativeConsumer.TopicName(record->Topic))!, record->Partition);
        }

        return _last;
    }
}
