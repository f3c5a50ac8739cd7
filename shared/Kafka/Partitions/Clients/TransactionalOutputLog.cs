using Confluent.Kafka;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>The writing edge: a transactional producer whose id is the member's name, so that a restart fences its predecessor at once.</summary>
internal sealed class TransactionalOutputLog(KafkaConnection connection, LoopOptions options) : IOutputLog
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan InitTimeout = TimeSpan.FromSeconds(30);
    private IProducer<byte[]?, byte[]?>? _producer;
    private volatile bool _isDisturbed;

    public void Initialize() => Guarded(() =>
    {
        _producer?.Dispose();
        _isDisturbed = false;
        _producer = Open();
        _producer.InitTransactions(InitTimeout);
    });

    /// <summary>After a disturbed connection a request may still be on its way: it must meet a newer epoch (protocol line 15).</summary>
    public void Begin()
    {
        if (_isDisturbed)
        {
            Initialize();
        }

        Guarded(_producer!.BeginTransaction);
    }

    public void Produce(string topic, byte[]? key, byte[]? value, IEnumerable<KeyValuePair<string, byte[]>> headers) =>
        Guarded(() => ProducerQueue.Put(_producer!, topic, key, value, headers));

    public void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets, IInputLog input)
    {
        var next = offsets.Select(o => new TopicPartitionOffset(o.Partition.Topic, o.Partition.Number, o.Offset)).ToList();
        Guarded(() => _producer!.SendOffsetsToTransaction(next, input.GroupMetadata!, Timeout));
        Guarded(() => _producer!.CommitTransaction(Timeout));
    }

    public void Abort()
    {
        try
        {
            // An abort that overtakes the transaction's first record is fatal for this client (librdkafka #4849).
            _producer!.Flush(Timeout);
            Guarded(() => _producer.AbortTransaction(Timeout));
        }
        catch (TransactionAbortedException e)
        {
            throw new SessionLostException(e.Message, e);
        }
    }

    public void Dispose() => _producer?.Dispose();

    private IProducer<byte[]?, byte[]?> Open() => new ProducerBuilder<byte[]?, byte[]?>(connection.Apply(new ProducerConfig
    {
        TransactionalId = $"{options.Group}-{options.InstanceId}",
        TransactionTimeoutMs = 15_000,
        MessageTimeoutMs = 12_000,
        Partitioner = Partitioner.Murmur2Random,
        CompressionType = CompressionType.Lz4,
        LingerMs = 5,
        QueueBufferingMaxMessages = 1_000_000,
        EnableDeliveryReports = false,
    })).SetLogHandler(static (_, _) => { }).SetErrorHandler((_, _) => _isDisturbed = true).Build();

    /// <summary>The client says itself when an abort is enough. Everything else, a timeout too, leaves the outcome unknown and ends the session.</summary>
    private static void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (KafkaTxnRequiresAbortException e)
        {
            throw new TransactionAbortedException(e.Error.Reason, e);
        }
        catch (KafkaException e)
        {
            throw new SessionLostException(e.Error.Reason, e);
        }
    }
}
