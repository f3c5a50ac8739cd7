using Confluent.Kafka;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>Tells a group's offset that an open transaction holds back from a coordinator that does not answer: the client says "timed out" of both.</summary>
internal sealed class PendingOffsets(KafkaConnection connection, LoopOptions options) : IDisposable
{
    /// <summary>At read_uncommitted the coordinator gives the offset that stands, whatever is pending (KIP-447, OffsetFetch's RequireStable).</summary>
    private readonly Lazy<IConsumer<Ignore, Ignore>> _consumer = new(() => new ConsumerBuilder<Ignore, Ignore>(connection.Apply(new ConsumerConfig
    {
        GroupId = options.Group,
        IsolationLevel = IsolationLevel.ReadUncommitted,
        EnableAutoCommit = false,
    })).SetLogHandler(static (_, _) => { }).Build());

    /// <summary>Whether the coordinator answers for <paramref name="partition"/> once pending offsets do not count.</summary>
    public bool HoldBack(TopicPartition partition, TimeSpan timeout)
    {
        try
        {
            return _consumer.Value.Committed([partition], timeout).Count > 0;
        }
        catch (KafkaException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (_consumer.IsValueCreated)
        {
            _consumer.Value.Dispose();
        }
    }
}
