using System.Runtime.ExceptionServices;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>The reading edge on Confluent.Kafka.</summary>
internal sealed class KafkaInputLog : IInputLog
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly TopicDirectory _directory;
    private readonly IConsumer<Ignore, Ignore> _consumer;
    private readonly BatchReader _reader;
    private readonly RecordLookup _lookup;
    private readonly PendingOffsets _pending;
    private readonly LoopOptions _options;
    private readonly List<TopicPartition> _toPause = [];
    private readonly List<TopicPartition> _toResume = [];
    private readonly HashSet<TopicPartition> _paused = [];
    private IInputHandler? _handler;
    private Exception? _failure;
    private readonly ConsumerProtocol _protocol;
    private bool _isClosed;

    public KafkaInputLog(KafkaConnection connection, TopicDirectory directory, LoopOptions options, ConsumerProtocol protocol)
    {
        (_directory, _protocol, _options) = (directory, protocol, options);
        (_lookup, _pending) = (new RecordLookup(connection, options), new PendingOffsets(connection, options));
        _consumer = new ConsumerBuilder<Ignore, Ignore>(protocol.Apply(connection.Apply(new ConsumerConfig
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
        }), options.InstanceId))
            .SetPartitionsAssignedHandler((_, partitions) => partitions.ConvertAll(Assign))
            .SetPartitionsRevokedHandler((_, partitions) => Call(h => h.OnRevoked(partitions.ConvertAll(Of))))
            .SetPartitionsLostHandler((_, partitions) => Call(h => h.OnLost(partitions.ConvertAll(Of))))
            .SetErrorHandler((_, error) => protocol.Observe(error))
            .SetLogHandler(static (_, _) => { })
            .Build();
        _reader = new BatchReader(_consumer);
        _consumer.Subscribe(options.Topics);
    }

    public IConsumerGroupMetadata GroupMetadata => _consumer.ConsumerGroupMetadata;

    public void Poll(TimeSpan timeout, IInputHandler handler)
    {
        _handler = handler;
        var error = _reader.Read(timeout, handler);
        ThrowFailure();
        if (error != ErrorCode.NoError)
        {
            var reason = error == ErrorCode.Local_Fatal ? _reader.FatalError() : new Error(error);
            _protocol.Observe(reason);
            throw new SessionLostException(reason.Reason, new KafkaException(reason));
        }

        PauseRefused();
    }

    public long? Committed(InputPartition partition) => Guarded(() =>
    {
        try
        {
            return _consumer.Committed([On(partition)], Timeout)[0].Offset is { IsSpecial: false } offset ? offset.Value : default(long?);
        }
        catch (KafkaException e) when (e.Error.Code == ErrorCode.Local_TimedOut && _pending.HoldBack(On(partition), Timeout))
        {
            throw new SessionLostException(OpenTransactions.HoldBack($"the offset of group {_options.Group} in {partition}", Timeout, _options.TransactionTimeout), e);
        }
    });

    public (long Start, long End) Bounds(InputPartition partition) => Guarded(() =>
    {
        var bounds = _consumer.QueryWatermarkOffsets(On(partition), Timeout);
        return (bounds.Low.Value, bounds.High.Value);
    });

    public Task<IReadOnlyDictionary<InputPartition, (long Start, long End)>> BoundsAsync(IReadOnlyList<InputPartition> partitions) => _directory.BoundsAsync(partitions);

    public RecordStamp? StampAt(InputPartition partition, long offset) => Guarded(() => _lookup.At(partition, offset));

    public InputTopic Describe(string topic) => Guarded(() => _directory.Describe(topic));

    public void Seek(InputPartition partition, long offset) => Guarded(() =>
    {
        _reader.Moved(partition);
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
        _isClosed = true;
        Guarded(() =>
        {
            _consumer.Close();
            return true;
        });
        ThrowFailure();
    }

    /// <summary>After a lost session the member leaves without a word to the handler: a member that does not leave would bar its own return until its session times out.</summary>
    public void Dispose()
    {
        _handler = null;
        try
        {
            if (!_isClosed)
            {
                _consumer.Close();
            }
        }
        catch (KafkaException)
        {
            // The broker is away: it will find the session timed out.
        }

        _reader.Dispose();
        _lookup.Dispose();
        _pending.Dispose();
        _consumer.Dispose();
    }

    private static TopicPartition On(InputPartition partition) => new(partition.Topic, partition.Number);

    private TopicPartitionOffset Assign(TopicPartition assigned)
    {
        long? start = null;
        Call(handler => start = handler.OnAssigned(new InputPartition(assigned.Topic, assigned.Partition.Value)));
        if (start is not null && _paused.Remove(assigned))
        {
            _toResume.Add(assigned);
        }

        return new(assigned, start is { } offset ? offset : Offset.End);
    }

    /// <summary>Calls the handler from a callback of the client: an exception must not cross native code, so <see cref="Poll"/> throws it afterwards.</summary>
    private void Call(Action<IInputHandler> action)
    {
        if (_handler is null || _failure is not null)
        {
            return;
        }

        try
        {
            action(_handler);
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }

    private void ThrowFailure()
    {
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>A refused partition stays assigned, so that no other member takes it, and is not read. The client would keep it paused even when it comes back after having been away.</summary>
    private void PauseRefused()
    {
        if (_toResume.Count > 0)
        {
            _consumer.Resume(_toResume.Where(_consumer.Assignment.Contains));
            _toResume.Clear();
        }

        if (_toPause.Count > 0)
        {
            _consumer.Pause(_toPause.Where(_consumer.Assignment.Contains));
            _paused.UnionWith(_toPause);
            _toPause.Clear();
        }
    }

    private static InputPartition Of(TopicPartitionOffset position) => new(position.Topic, position.Partition.Value);

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
