using System.Diagnostics;
using Confluent.Kafka;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>The reading edge on Confluent.Kafka.</summary>
internal sealed class KafkaInputLog : IInputLog
{
    private const int CheckEvery = 256;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly SpanReader _key = new();
    private readonly SpanReader _value = new();
    private readonly TopicDirectory _directory;
    private readonly IConsumer<int, int> _consumer;
    private readonly List<TopicPartition> _toPause = [];
    private readonly Dictionary<string, Dictionary<int, InputPartition>> _partitions = new(StringComparer.Ordinal);
    private IInputHandler? _handler;

    public KafkaInputLog(KafkaConnection connection, TopicDirectory directory, LoopOptions options, ConsumerProtocol protocol)
    {
        _directory = directory;
        _consumer = new ConsumerBuilder<int, int>(protocol.Apply(connection.Apply(new ConsumerConfig
        {
            GroupId = options.Group,
            IsolationLevel = IsolationLevel.ReadCommitted,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Error,
            MaxPollIntervalMs = 120_000,
            FetchWaitMaxMs = 100,
            FetchErrorBackoffMs = 100,
            QueuedMinMessages = 200_000,
            QueuedMaxMessagesKbytes = 131_072,
            TopicMetadataRefreshIntervalMs = 10_000,
            ConsumeResultFields = "headers,timestamp,topic",
        }), options.InstanceId))
            .SetKeyDeserializer(_key).SetValueDeserializer(_value)
            .SetPartitionsAssignedHandler((_, partitions) => partitions.ConvertAll(Assign))
            .SetPartitionsRevokedHandler((_, partitions) => _handler!.OnRevoked(partitions.ConvertAll(p => Of(p.Topic, p.Partition.Value))))
            .SetPartitionsLostHandler((_, partitions) => _handler!.OnLost(partitions.ConvertAll(p => Of(p.Topic, p.Partition.Value))))
            .SetErrorHandler((_, error) => protocol.Observe(error))
            .SetLogHandler(static (_, _) => { })
            .Build();
        _consumer.Subscribe(options.Topics);
    }

    public IConsumerGroupMetadata GroupMetadata => _consumer.ConsumerGroupMetadata;

    public void Poll(TimeSpan timeout, IInputHandler handler)
    {
        _handler = handler;
        var began = Stopwatch.GetTimestamp();
        var result = Guarded(() => _consumer.Consume(timeout));
        for (var count = 1; result is not null; count++)
        {
            PauseRefused();
            Deliver(result, handler);
            if (count % CheckEvery == 0 && Stopwatch.GetElapsedTime(began) >= timeout)
            {
                return;
            }

            result = Guarded(() => _consumer.Consume(TimeSpan.Zero));
        }

        PauseRefused();
    }

    public long? Committed(InputPartition partition) => Guarded(() =>
        _consumer.Committed([On(partition)], Timeout)[0].Offset is { IsSpecial: false } offset ? offset.Value : default(long?));

    public (long Start, long End) Bounds(InputPartition partition) => Guarded(() =>
    {
        var bounds = _consumer.QueryWatermarkOffsets(On(partition), Timeout);
        return (bounds.Low.Value, bounds.High.Value);
    });

    public InputTopic Describe(string topic) => Guarded(() => _directory.Describe(topic));

    public void Seek(InputPartition partition, long offset) => Guarded(() =>
    {
        _consumer.Seek(new TopicPartitionOffset(On(partition), offset));
        return true;
    });

    public void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets) => Guarded(() =>
    {
        _consumer.Commit(offsets.Select(o => new TopicPartitionOffset(On(o.Partition), o.Offset)));
        return true;
    });

    public void Pause(InputPartition partition) => _toPause.Add(On(partition));

    public void Close(IInputHandler handler)
    {
        _handler = handler;
        Guarded(() =>
        {
            _consumer.Close();
            return true;
        });
    }

    public void Dispose() => _consumer.Dispose();

    private static TopicPartition On(InputPartition partition) => new(partition.Topic, partition.Number);

    private void Deliver(ConsumeResult<int, int> result, IInputHandler handler)
    {
        var partition = Of(result.Topic, result.Partition.Value);
        if (result.IsPartitionEOF)
        {
            handler.OnEnd(partition, result.Offset.Value);
            return;
        }

        var headers = result.Message.Headers is { Count: > 0 } given ? given.Select(h => KeyValuePair.Create(h.Key, h.GetValueBytes())).ToList() : null;
        handler.OnRecord(partition, new InputRecord(result.Offset.Value, result.Message.Timestamp.UnixTimestampMs, _key.Last, _value.Last, headers));
    }

    private TopicPartitionOffset Assign(TopicPartition assigned)
    {
        var partition = Of(assigned.Topic, assigned.Partition.Value);
        if (_handler!.OnAssigned(partition) is { } start)
        {
            return new(assigned, start);
        }

        return new(assigned, Offset.End);
    }

    /// <summary>A refused partition stays assigned, so that no other member takes it, and is not read.</summary>
    private void PauseRefused()
    {
        if (_toPause.Count > 0)
        {
            _consumer.Pause(_toPause.Where(_consumer.Assignment.Contains));
            _toPause.Clear();
        }
    }

    private InputPartition Of(string topic, int number)
    {
        if (!_partitions.TryGetValue(topic, out var numbers))
        {
            _partitions[topic] = numbers = [];
        }

        return numbers.TryGetValue(number, out var partition) ? partition : numbers[number] = new InputPartition(topic, number);
    }

    private static T Guarded<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (KafkaException e)
        {
            throw new SessionLostException(e.Error.Reason, e);
        }
    }
}
