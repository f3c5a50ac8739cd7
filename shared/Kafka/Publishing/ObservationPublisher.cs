using System.Text;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Topics;

namespace Tidewatch.Kafka.Publishing;

/// <summary>Publishes observations through one idempotent producer; a full queue makes the caller wait.</summary>
internal sealed class ObservationPublisher(KafkaConnection connection, TopicNames names, TopicCreator topics) : IObservationPublisher, IDisposable
{
    private static readonly TimeSpan FullQueuePause = TimeSpan.FromMilliseconds(20);
    private readonly Lazy<IProducer<byte[], byte[]>> _producer = new(() => new ProducerBuilder<byte[], byte[]>(connection.Apply(new ProducerConfig
    {
        EnableIdempotence = true,
        Acks = Acks.All,
        Partitioner = Partitioner.Murmur2Random,
        CompressionType = CompressionType.Lz4,
        LingerMs = 5,
        MessageTimeoutMs = 0,
        EnableDeliveryReports = true,
        DeliveryReportFields = "status",
    })).SetLogHandler(static (_, _) => { }).Build());

    private volatile Error? _failure;
    private bool _topicsReady;

    public async ValueTask PublishAsync(string domain, Observation observation, CancellationToken cancellationToken)
    {
        if (!_topicsReady)
        {
            await topics.EnsureAsync(cancellationToken);
            _topicsReady = true;
        }

        var message = new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(observation.Series), Value = ObservationCodec.Encode(observation) };
        while (!TryProduce(names.Observations(domain), message))
        {
            await Task.Delay(FullQueuePause, cancellationToken);
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Task.Run(() => _producer.Value.Flush(cancellationToken), cancellationToken);
        Check();
    }

    public void Dispose()
    {
        if (_producer.IsValueCreated)
        {
            _producer.Value.Flush(TimeSpan.FromSeconds(3));
            _producer.Value.Dispose();
        }
    }

    private bool TryProduce(string topic, Message<byte[], byte[]> message)
    {
        Check();
        try
        {
            _producer.Value.Produce(topic, message, report =>
            {
                if (report.Error.IsError)
                {
                    _failure = report.Error;
                }
            });
            return true;
        }
        catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
    }

    /// <summary>A delivery that the client gave up on (too large, not authorised) is not an outage: it would be lost in silence.</summary>
    private void Check()
    {
        if (Interlocked.Exchange(ref _failure, null) is { } error)
        {
            throw new KafkaException(error);
        }
    }
}
