using Confluent.Kafka;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Partitions;
using Tidewatch.Kafka.Partitions.Clients;

namespace Tidewatch.Kafka.Offline;

/// <summary>Reads a stretch of an input topic as a read_committed reader, without a group: nothing is committed.</summary>
public sealed class TopicRange(KafkaConnection connection) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private readonly TopicDirectory _directory = new(connection);

    private readonly IConsumer<byte[], byte[]> _consumer = new ConsumerBuilder<byte[], byte[]>(connection.Apply(new ConsumerConfig
    {
        GroupId = "tidewatch-offline",
        IsolationLevel = IsolationLevel.ReadCommitted,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        EnablePartitionEof = true,
        AutoOffsetReset = AutoOffsetReset.Error,
    })).SetLogHandler(static (_, _) => { }).Build();

    /// <summary>Id and partitions of the topic. Throws <see cref="KafkaException"/> when there is none of that name.</summary>
    public InputTopic Describe(string topic)
    {
        try
        {
            return _directory.Describe(topic);
        }
        catch (Confluent.Kafka.Admin.DescribeTopicsException e)
        {
            throw new KafkaException(new Error(ErrorCode.UnknownTopicOrPart, $"there is no topic {topic} at {connection.BootstrapServers} ({e.Results.TopicDescriptions[0].Error.Reason})"), e);
        }
    }

    /// <summary>First offset on the topic and the end that stands now.</summary>
    public (long Start, long End) Bounds(InputPartition partition)
    {
        var bounds = _consumer.QueryWatermarkOffsets(new TopicPartition(partition.Topic, partition.Number), Timeout);
        return (bounds.Low.Value, bounds.High.Value);
    }

    /// <summary>Hands out the records with <paramref name="from"/> ≤ offset &lt; <paramref name="to"/>, which must lie within <see cref="Bounds"/>.</summary>
    public void Read(InputPartition partition, long from, long to, Action<ConsumeResult<byte[], byte[]>> take, CancellationToken cancellationToken)
    {
        _consumer.Assign(new TopicPartitionOffset(partition.Topic, partition.Number, from));
        for (var position = from; position < to;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_consumer.Consume(Step) is not { } result)
            {
                continue;
            }

            position = result.IsPartitionEOF ? result.Offset.Value : result.Offset.Value + 1;
            if (!result.IsPartitionEOF && position <= to)
            {
                take(result);
            }
            else if (result.IsPartitionEOF)
            {
                break;
            }
        }

        _consumer.Unassign();
    }

    public void Dispose()
    {
        _consumer.Dispose();
        _directory.Dispose();
    }
}
