using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Partitions;

/// <summary>The I/O edge on the reading side: one member of the consumer group. Throws <see cref="SessionLostException"/> when the session cannot go on.</summary>
public interface IInputLog : IDisposable
{
    /// <summary>Delivers what is there to <paramref name="handler"/>, for at most <paramref name="timeout"/>; rebalances are delivered first.</summary>
    void Poll(TimeSpan timeout, IInputHandler handler);

    /// <summary>The stable committed offset; null when the group has none.</summary>
    long? Committed(InputPartition partition);

    /// <summary>First offset on the topic, and the next to be written as a read_committed reader sees it.</summary>
    (long Start, long End) Bounds(InputPartition partition);

    /// <summary>The same of several partitions, without waiting; empty where the broker cannot say. May fail.</summary>
    Task<IReadOnlyDictionary<InputPartition, (long Start, long End)>> BoundsAsync(IReadOnlyList<InputPartition> partitions);

    /// <summary>What stands at an offset as a read_committed reader sees it; null for nothing, or no longer.</summary>
    RecordStamp? StampAt(InputPartition partition, long offset);

    InputTopic Describe(string topic);

    void Seek(InputPartition partition, long offset);

    void Pause(InputPartition partition);

    /// <summary>Commits offsets outside of a transaction: the embedded broker's way.</summary>
    void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets);

    /// <summary>What ties a transaction's offsets to this member's generation; null in the model.</summary>
    IConsumerGroupMetadata? GroupMetadata { get; }

    /// <summary>Gives everything up in order: the handler is asked to revoke, then the member leaves.</summary>
    void Close(IInputHandler handler);
}

/// <summary>What the loop does with deliveries.</summary>
public interface IInputHandler
{
    /// <summary>Takes a partition over and says at which offset reading begins; null for a refused one, which is paused.</summary>
    long? OnAssigned(InputPartition partition);

    /// <summary>Gives partitions up in order, before another member may take them.</summary>
    void OnRevoked(IReadOnlyList<InputPartition> partitions);

    /// <summary>Partitions are gone already: another member may own them.</summary>
    void OnLost(IReadOnlyList<InputPartition> partitions);

    void OnRecord(InputPartition partition, in InputRecord record);

    /// <summary>The reader stands at <paramref name="position"/>, and there is nothing more right now.</summary>
    void OnEnd(InputPartition partition, long position);
}
