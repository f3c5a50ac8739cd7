using Confluent.Kafka;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>The writing edge: a transactional producer whose id is the member's name, so that a restart fences its predecessor at once.</summary>
internal sealed class TransactionalOutputLog(KafkaConnection connection, LoopOptions options) : IOutputLog
{
    private const int Retries = 5;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly IProducer<byte[]?, byte[]?> _producer = new ProducerBuilder<byte[]?, byte[]?>(connection.Apply(new ProducerConfig
    {
        TransactionalId = $"{options.Group}-{options.InstanceId}",
        TransactionTimeoutMs = 15_000,
        MessageTimeoutMs = 12_000,
        Partitioner = Partitioner.Murmur2Random,
        CompressionType = CompressionType.Lz4,
        LingerMs = 5,
        QueueBufferingMaxMessages = 1_000_000,
        EnableDeliveryReports = false,
    })).SetLogHandler(static (_, _) => { }).Build();

    public void Initialize() => Guarded(() => _producer.InitTransactions(TimeSpan.FromSeconds(30)));

    public void Begin() => Guarded(_producer.BeginTransaction);

    public void Produce(string topic, byte[]? key, byte[]? value, IEnumerable<KeyValuePair<string, byte[]>> headers) =>
        Guarded(() => ProducerQueue.Put(_producer, topic, key, value, headers));

    public void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets, IInputLog input)
    {
        var next = offsets.Select(o => new TopicPartitionOffset(o.Partition.Topic, o.Partition.Number, o.Offset)).ToList();
        Guarded(() => _producer.SendOffsetsToTransaction(next, input.GroupMetadata!, Timeout));
        Guarded(() => _producer.CommitTransaction(Timeout));
    }

    public void Abort()
    {
        try
        {
            Guarded(() => _producer.AbortTransaction(Timeout));
        }
        catch (TransactionAbortedException e)
        {
            throw new SessionLostException(e.Message, e);
        }
    }

    public void Dispose() => _producer.Dispose();

    /// <summary>A retriable answer is asked again; what stays unknown ends the session, for a late EndTxn must meet a newer epoch (protocol line 15).</summary>
    private static void Guarded(Action action)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                action();
                return;
            }
            catch (KafkaTxnRequiresAbortException e)
            {
                throw new TransactionAbortedException(e.Error.Reason, e);
            }
            catch (KafkaRetriableException) when (attempt < Retries)
            {
                continue;
            }
            catch (KafkaException e)
            {
                throw new SessionLostException(e.Error.Reason, e);
            }
        }
    }
}
