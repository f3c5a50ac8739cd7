using System.Text.Json;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>Reads the progress topic on from where it stood and keeps the last link of each input partition.</summary>
/// <remarks>Reads to the read_uncommitted end of the moment, at read_committed: open transactions before it are waited for (KAFKA-10167).</remarks>
internal sealed class KafkaProgressLog(KafkaConnection connection, TopicDirectory directory, TopicNames names) : IProgressLog, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<InputPartition, ProgressRecord> _last = [];
    private IConsumer<Ignore, byte[]>? _consumer;
    private long _position;

    public ProgressRecord? Last(InputPartition partition)
    {
        if (!connection.IsEmbedded)
        {
            ReadToEnd();
        }

        return _last.GetValueOrDefault(partition);
    }

    public void Dispose() => _consumer?.Dispose();

    private void ReadToEnd()
    {
        try
        {
            _consumer ??= Open();
            var end = directory.UncommittedEnd(new TopicPartition(names.Progress, 0));
            using var deadline = new CancellationTokenSource(Deadline);
            while (_position < end)
            {
                if (deadline.IsCancellationRequested)
                {
                    throw new SessionLostException($"the progress topic could not be read to {end} within {Deadline.TotalSeconds} s; it stands at {_position}");
                }

                if (_consumer.Consume(Step) is { } result)
                {
                    Take(result);
                }
            }
        }
        catch (KafkaException e)
        {
            throw new SessionLostException(e.Error.Reason, e);
        }
    }

    private void Take(ConsumeResult<Ignore, byte[]> result)
    {
        _position = result.IsPartitionEOF ? result.Offset.Value : result.Offset.Value + 1;
        if (result.Message?.Value is { } value && JsonSerializer.Deserialize(value, ContractJson.Default.ProgressRecord) is { } link)
        {
            _last[new InputPartition(link.Topic, link.Partition)] = link;
        }
    }

    private IConsumer<Ignore, byte[]> Open()
    {
        var consumer = new ConsumerBuilder<Ignore, byte[]>(connection.Apply(new ConsumerConfig
        {
            GroupId = $"{connection.Options.TopicPrefix}.progress-reader",
            IsolationLevel = IsolationLevel.ReadCommitted,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            FetchWaitMaxMs = 20,
        })).SetLogHandler(static (_, _) => { }).Build();
        consumer.Assign(new TopicPartitionOffset(names.Progress, 0, Offset.Beginning));
        return consumer;
    }
}
