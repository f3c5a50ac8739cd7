using System.Text;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Publishing;

/// <summary>Writes corrections among the observations of their series.</summary>
public sealed class CorrectionPublisher(KafkaConnection connection) : IDisposable
{
    private readonly IProducer<byte[], byte[]> _producer = new ProducerBuilder<byte[], byte[]>(connection.Apply(new ProducerConfig
    {
        EnableIdempotence = true,
        Acks = Acks.All,
        Partitioner = Partitioner.Murmur2Random,
        MessageTimeoutMs = 10_000,
        AllowAutoCreateTopics = false,
    })).SetLogHandler(static (_, _) => { }).Build();

    /// <summary>Gives partition and offset once the broker has it. Throws <see cref="KafkaException"/> when the broker does not take it within 10 seconds.</summary>
    /// <param name="topic">The topic of the series' observations.</param>
    /// <param name="partition">Their partition, as an alert names it; null for the one that the series' key falls to.</param>
    /// <param name="correction">What is said.</param>
    /// <param name="cancellationToken">Ends the waiting; the record may be written none the less.</param>
    public async Task<(int Partition, long Offset)> PublishAsync(string topic, int? partition, Correction correction, CancellationToken cancellationToken)
    {
        var message = new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(correction.Series), Value = CorrectionCodec.Encode(correction) };
        var written = await _producer.ProduceAsync(new TopicPartition(topic, partition is { } number ? new Partition(number) : Partition.Any), message, cancellationToken);
        return (written.Partition.Value, written.Offset.Value);
    }

    public void Dispose() => _producer.Dispose();
}
