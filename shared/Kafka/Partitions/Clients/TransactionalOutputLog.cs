using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Confluent.Kafka;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>The writing edge: a transactional producer whose id is the member's name, so that a restart fences its predecessor at once.</summary>
internal sealed class TransactionalOutputLog(KafkaConnection connection, OpenTransactions open, TopicNames names, LoopOptions options) : IOutputLog
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan InitTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>The client waits at least 0.8 of <see cref="RetryBackoff"/> before it sends a request again, so a call that took less than this was sent once.</summary>
    private static readonly TimeSpan SentOnce = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan RetryBackoff = TimeSpan.FromMilliseconds(500);

    /// <summary>A record must be given up before its transaction is.</summary>
    private const double MessageShare = 0.8;
    private IProducer<byte[]?, byte[]?>? _producer;
    private volatile bool _isDisturbed;
    private bool _isAbandoned;

    public void Initialize()
    {
        RenewEpoch();
        EndHanging();
        if (_isDisturbed)
        {
            RenewEpoch();
        }
    }

    /// <summary>After a disturbed connection a request may still be on its way: it must meet a newer epoch (protocol line 15), or it would end the next transaction half-way.</summary>
    /// <remarks>
    /// The client's error callback is not enough: it keeps the same error of a broker to itself for 30 s, and sends EndTxn again without a word. The time shows it.
    /// A broker that went down may have left the last transaction open, and the end of the next one would decide over both: nothing is written before the last one's link is seen to stand.
    /// </remarks>
    public void Begin()
    {
        if (_isDisturbed)
        {
            RenewEpoch();
            if (!open.AwaitProgress(Timeout))
            {
                throw new SessionLostException($"the last transaction is open still in {names.Progress}, {Timeout.TotalSeconds} s after a disturbed connection");
            }
        }

        Guarded(_producer!.BeginTransaction);
    }

    public void Produce(string topic, byte[]? key, byte[]? value, IEnumerable<KeyValuePair<string, byte[]>> headers) =>
        Guarded(() => ProducerQueue.Put(_producer!, topic, key, value, headers));

    public void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets, IInputLog input)
    {
        var next = offsets.Select(o => new TopicPartitionOffset(o.Partition.Topic, o.Partition.Number, o.Offset)).ToList();
        var metadata = input.GroupMetadata!;
        Bounded(Timeout, p => p.SendOffsetsToTransaction(next, metadata, Timeout));
        Bounded(Timeout, p => p.CommitTransaction(Timeout));
    }

    /// <summary>An abort on a disturbed connection may have met the transaction before it in some partitions: then nothing in memory is to be relied on.</summary>
    public void Abort()
    {
        End();
        if (_isDisturbed)
        {
            throw new SessionLostException("a transaction was aborted on a disturbed connection: the offsets show what has become of the one before it");
        }
    }

    public void Dispose()
    {
        if (!_isAbandoned)
        {
            _producer?.Dispose();
        }

        (_producer, _isAbandoned) = (null, false);
    }

    private void RenewEpoch()
    {
        Dispose();
        _producer = Open();
        Bounded(InitTimeout, p => p.InitTransactions(InitTimeout));
        _isDisturbed = false;
    }

    /// <summary>
    /// Ends what no marker has ended (<c>docs/decisions/hanging-transactions.md</c>): a transaction over every partition with an open one and over the group's offsets, aborted. What earlier epochs of this
    /// id left open is aborted with it, and their late offsets are refused from then on; others' transactions are not touched.
    /// </summary>
    /// <remarks>Of a transaction that hangs in all its partitions nothing was seen, and its input is read again. The offset is that of a topic no detector reads, and counts for nobody.</remarks>
    private void EndHanging()
    {
        using var outsider = new ConsumerBuilder<Ignore, Ignore>(connection.Apply(new ConsumerConfig { GroupId = options.Group })).SetLogHandler(static (_, _) => { }).Build();
        Guarded(_producer!.BeginTransaction);
        try
        {
            foreach (var partition in open.Find())
            {
                Guarded(() => _producer.Produce(partition, new Message<byte[]?, byte[]?>()));
            }

            Bounded(Timeout, p => p.SendOffsetsToTransaction([new TopicPartitionOffset(names.Progress, 0, 0)], outsider.ConsumerGroupMetadata, Timeout));
        }
        catch (TransactionAbortedException)
        {
            _isDisturbed = true;
        }

        End();
    }

    private void End()
    {
        try
        {
            // An abort that overtakes the transaction's first record is fatal for this client (librdkafka #4849).
            _producer!.Flush(Timeout);
            Bounded(Timeout, p => p.AbortTransaction(Timeout));
        }
        catch (TransactionAbortedException e)
        {
            throw new SessionLostException(e.Message, e);
        }
    }

    private IProducer<byte[]?, byte[]?> Open() => new ProducerBuilder<byte[]?, byte[]?>(connection.Apply(new ProducerConfig
    {
        TransactionalId = $"{options.Group}-{options.InstanceId}",
        TransactionTimeoutMs = (int)options.TransactionTimeout.TotalMilliseconds,
        MessageTimeoutMs = (int)(options.TransactionTimeout.TotalMilliseconds * MessageShare),
        Partitioner = Partitioner.Murmur2Random,
        CompressionType = CompressionType.Lz4,
        LingerMs = 5,
        RetryBackoffMs = (int)RetryBackoff.TotalMilliseconds,
        QueueBufferingMaxMessages = 1_000_000,
        EnableDeliveryReports = false,
    })).SetLogHandler(static (_, _) => { }).SetErrorHandler((_, _) => _isDisturbed = true).Build();

    /// <summary>
    /// Calls the producer and waits no longer than it promises to take: after a cut, SendOffsetsToTransaction may never return (librdkafka #5456, #5511).
    /// The hung producer is left to itself, and disposed of should it ever come back: the next one has its transactional id, hence a newer epoch.
    /// </summary>
    private void Bounded(TimeSpan timeout, Action<IProducer<byte[]?, byte[]?>> action) => Guarded(() =>
    {
        var producer = _producer!;
        var began = Stopwatch.GetTimestamp();
        var call = Task.Run(() => action(producer));
        try
        {
            if (call.Wait(timeout + Grace))
            {
                _isDisturbed |= Stopwatch.GetElapsedTime(began) >= SentOnce;
                return;
            }
        }
        catch (AggregateException e) when (e.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }

        _isAbandoned = true;
        _ = call.ContinueWith(_ => producer.Dispose(), TaskScheduler.Default);
        throw new SessionLostException($"the producer did not return within {(timeout + Grace).TotalSeconds} s: the outcome of the transaction is unknown");
    });

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
