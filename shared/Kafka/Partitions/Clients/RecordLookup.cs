using System.Diagnostics;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>Looks at single records of input topics, beside the group.</summary>
internal sealed class RecordLookup(KafkaConnection connection, LoopOptions options) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly Lazy<IConsumer<Ignore, Ignore>> _consumer = new(() => new ConsumerBuilder<Ignore, Ignore>(connection.Apply(new ConsumerConfig
    {
        GroupId = $"{options.Group}.lookup",
        IsolationLevel = IsolationLevel.ReadCommitted,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        EnablePartitionEof = true,
        AutoOffsetReset = AutoOffsetReset.Error,
        QueuedMinMessages = 1,
        FetchWaitMaxMs = 20,
    })).SetLogHandler(static (_, _) => { }).Build());

    /// <summary>The stamp of the record at <paramref name="offset"/>; null when none stands there, or no longer. Throws <see cref="SessionLostException"/> when the broker does not answer.</summary>
    public RecordStamp? At(InputPartition partition, long offset)
    {
        var consumer = _consumer.Value;
        consumer.Assign(new TopicPartitionOffset(partition.Topic, partition.Number, offset));
        try
        {
            for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Deadline;)
            {
                if (consumer.Consume(Step) is { } found)
                {
                    return found.IsPartitionEOF || found.Offset.Value != offset ? null : StampOf(found);
                }
            }
        }
        catch (ConsumeException e) when (e.Error.Code is ErrorCode.OffsetOutOfRange or ErrorCode.Local_AutoOffsetReset)
        {
            return null;
        }
        finally
        {
            consumer.Unassign();
        }

        throw new SessionLostException($"offset {offset} of {partition} could not be read within {Deadline.TotalSeconds} s");
    }

    public void Dispose()
    {
        if (_consumer.IsValueCreated)
        {
            _consumer.Value.Dispose();
        }
    }

    private static RecordStamp StampOf(ConsumeResult<Ignore, Ignore> found) => new(
        found.LeaderEpoch ?? -1, found.Message.Timestamp.Type == TimestampType.NotAvailable ? -1 : found.Message.Timestamp.UnixTimestampMs);
}
