using Tidewatch.Contracts;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Whether a log still holds the last record that was judged. An unclean leader election cuts a log, and it grows again past the same offsets: the end alone does not show it.</summary>
/// <remarks>What is lost is always the end of a log, so one record speaks for all before it.</remarks>
internal static class LogTail
{
    /// <summary>False when another record than <paramref name="judged"/>, or none, stands at the offset. True also where nobody can tell: no stamp was kept, or retention has passed the offset.</summary>
    public static bool Holds(IInputLog log, InputPartition partition, long offset, RecordStamp? judged) =>
        judged is not { } stamp || log.StampAt(partition, offset) == stamp || log.Bounds(partition).Start > offset;

    /// <summary>Asked when a record has a newer leader: throws <see cref="SessionLostException"/> when the record before it is not the one that was applied. The next session then stands by what the chain says.</summary>
    /// <remarks>The client asks the same of the broker (KIP-320), but not after a seek.</remarks>
    public static void Require(IInputLog log, PartitionTask task)
    {
        if (!Holds(log, task.Partition, task.Next - 1, task.LastRecord))
        {
            throw new SessionLostException($"{task.Partition} has a new leader, which does not have the record at {task.Next - 1} that was read from the last one: the log was truncated");
        }
    }

    /// <summary>Asked when a replay finds the end of the log before the committed offset: throws <see cref="SessionLostException"/> when the log ends there, for the rest of the replay would never come. The next session refuses it, or finds that the leader had only to learn how far its followers are.</summary>
    public static void RequireUpTo(IInputLog log, InputPartition partition, long committed)
    {
        if (log.Bounds(partition).End is var end && end < committed)
        {
            throw new SessionLostException($"{partition} ends at {end}, below the committed offset {committed} that a replay has to reach: the log was truncated");
        }
    }
}
