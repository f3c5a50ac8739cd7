using System.Text.Json;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>The last link of each input partition from the progress topic: read backwards in growing steps until it is found, then only what is new.</summary>
/// <remarks>Reads to the read_uncommitted end of the moment, at read_committed: open transactions before it are waited for (KAFKA-10167).</remarks>
internal sealed class KafkaProgressLog(KafkaConnection connection, TopicDirectory directory, TopicNames names, LoopOptions options) : IProgressLog, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private const long FirstStep = 2_000;
    private const int StepFactor = 10;
    private readonly TopicPartition _source = new(names.Progress, 0);
    private readonly Dictionary<InputPartition, ProgressRecord> _last = [];
    private IConsumer<Ignore, byte[]>? _consumer;
    private (long From, long To)? _known;

    public ProgressRecord? Last(InputPartition partition)
    {
        if (connection.IsEmbedded)
        {
            return null;
        }

        try
        {
            return Find(partition);
        }
        catch (KafkaException e)
        {
            throw new SessionLostException(e.Error.Reason, e);
        }
    }

    public void Dispose() => _consumer?.Dispose();

    private ProgressRecord? Find(InputPartition partition)
    {
        _consumer ??= Open();
        var end = directory.UncommittedEnd(_source);
        var start = _consumer.QueryWatermarkOffsets(_source, Deadline).Low.Value;
        var (from, to) = _known ?? (end, end);
        foreach (var (newer, link) in Read(to, end))
        {
            _last[newer] = link;
        }

        _known = (from, end);
        for (var step = FirstStep; !_last.ContainsKey(partition) && from > start; step *= StepFactor)
        {
            var earlier = Math.Max(start, from - step);
            foreach (var (older, link) in Read(earlier, from))
            {
                _last.TryAdd(older, link);
            }

            _known = (from = earlier, end);
        }

        return _last.GetValueOrDefault(partition);
    }

    private Dictionary<InputPartition, ProgressRecord> Read(long from, long to)
    {
        var found = new Dictionary<InputPartition, ProgressRecord>();
        if (from >= to)
        {
            return found;
        }

        using var deadline = new CancellationTokenSource(Deadline);
        _consumer!.Assign(new TopicPartitionOffset(_source, from));
        for (var position = from; position < to;)
        {
            if (deadline.IsCancellationRequested)
            {
                throw new SessionLostException(directory.CommittedEnds([_source])[_source] < to
                    ? OpenTransactions.HoldBack($"{_source.Topic} at {position} of {to}", Deadline, options.TransactionTimeout)
                    : $"{_source.Topic} could not be read to {to} within {Deadline.TotalSeconds} s; it stands at {position}");
            }

            var result = _consumer.Consume(Step);
            position = result is null ? position : result.IsPartitionEOF ? result.Offset.Value : result.Offset.Value + 1;
            if (result?.Message?.Value is { } value && position <= to && JsonSerializer.Deserialize(value, ContractJson.Default.ProgressRecord) is { } link)
            {
                found[new InputPartition(link.Topic, link.Partition)] = link;
            }
        }

        _consumer.Unassign();
        return found;
    }

    private IConsumer<Ignore, byte[]> Open()
    {
        return new ConsumerBuilder<Ignore, byte[]>(connection.Apply(new ConsumerConfig
        {
            GroupId = $"{connection.Options.TopicPrefix}.progress-reader",
            IsolationLevel = IsolationLevel.ReadCommitted,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            FetchWaitMaxMs = 20,
        })).SetLogHandler(static (_, _) => { }).Build();
    }
}
