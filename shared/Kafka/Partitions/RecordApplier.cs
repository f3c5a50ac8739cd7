using Microsoft.Extensions.Logging;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Applies live records. One that cannot be applied is tried again a few times, then it becomes a dead letter: also one on which the process dies.</summary>
/// <param name="live">Where effects go.</param>
/// <param name="maxAttempts">Attempts at a record.</param>
/// <param name="logger">Hears of each attempt that failed.</param>
internal sealed partial class RecordApplier(LiveOutput live, int maxAttempts, ILogger logger)
{
    /// <summary>False when the processor threw: the transaction must be undone, and the record comes again.</summary>
    public bool TryApply(PartitionTask task, in InputRecord record)
    {
        var (failures, deaths) = (task.Poison.GetValueOrDefault((record.Offset, record.LeaderEpoch)), task.Mark.Deaths(record));
        if (deaths >= maxAttempts)
        {
            LogDeadly(task.Partition.ToString(), record.Offset, deaths);
            task.Skip(record.Offset);
            live.DeadLetter(task, record, "apply", RejectCode.Crash, $"the process died on it {deaths} times: report it with this record", deaths);
            return true;
        }

        if (failures >= maxAttempts)
        {
            live.DeadLetter(task, record, "apply", RejectCode.Poison, $"the detector failed on it {failures} times: report it with this record", failures);
            return true;
        }

        return TryApply(task, record, failures);
    }

    /// <summary>Should the process die in here, the mark tells its next life.</summary>
    private bool TryApply(PartitionTask task, in InputRecord record, int failures)
    {
        task.Mark.Hold(record);
        try
        {
            live.Apply(task, record);
            task.Mark.Release();
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            task.Mark.Release();
            if (e is SessionLostException or TransactionAbortedException)
            {
                throw;
            }

            LogPoison(task.Partition.ToString(), record.Offset, failures + 1, e);
            task.Poison[(record.Offset, record.LeaderEpoch)] = failures + 1;
            return false;
        }
    }

    [LoggerMessage(EventId = 141, Level = LogLevel.Error, Message = "the detector failed on {Partition} offset {Offset}, attempt {Attempt}")]
    private partial void LogPoison(string partition, long offset, int attempt, Exception error);

    [LoggerMessage(EventId = 145, Level = LogLevel.Error, Message = "the process died {Deaths} times on {Partition} offset {Offset}: it becomes a dead letter, and replays leave it out. Report it with this record")]
    private partial void LogDeadly(string partition, long offset, int deaths);
}
