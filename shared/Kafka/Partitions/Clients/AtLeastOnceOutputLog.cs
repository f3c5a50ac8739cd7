using Confluent.Kafka;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>The writing edge on the embedded broker, which drops transactional offsets: produce, flush, then commit the offsets.</summary>
internal sealed class AtLeastOnceOutputLog(KafkaConnection connection) : IOutputLog
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly IProducer<byte[]?, byte[]?> _producer = new ProducerBuilder<byte[]?, byte[]?>(connection.Apply(new ProducerConfig
    {
        EnableIdempotence = true,
        Partitioner = Partitioner.Murmur2Random,
        LingerMs = 5,
        EnableDeliveryReports = false,
    })).SetLogHandler(static (_, _) => { }).Build();

    public void Initialize()
    {
        // There is no epoch to take.
    }

    public void Begin()
    {
        // What is produced is visible at once.
    }

    public void Produce(string topic, byte[]? key, byte[]? value, IEnumerable<KeyValuePair<string, byte[]>> headers) =>
        ProducerQueue.Put(_producer, topic, key, value, headers);

    public void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets, IInputLog input)
    {
        if (_producer.Flush(Timeout) > 0)
        {
            throw new SessionLostException("the embedded broker did not take every record in time");
        }

        input.Commit(offsets);
    }

    public void Abort()
    {
        // What was produced cannot be taken back: at-least-once.
    }

    public void Dispose() => _producer.Dispose();
}
