using Microsoft.Extensions.Logging;

namespace Tidewatch.Kafka.Partitions;

/// <summary>What the loop says.</summary>
public sealed partial class PartitionLoop
{
    [LoggerMessage(EventId = 140, Level = LogLevel.Error, Message = "refused {Refusal}")]
    private partial void LogRefused(string refusal);

    [LoggerMessage(EventId = 142, Level = LogLevel.Warning, Message = "transaction aborted, its records come again: {Reason}")]
    private partial void LogAborted(string reason);

    [LoggerMessage(EventId = 146, Level = LogLevel.Warning, Message = "TRANSACTION_OVERDUE: open for {Seconds:0.0} s with {Records} records, half of the broker's timeout; it is ended now. Records take long: fewer or lighter detectors, or more partitions")]
    private partial void LogOverdue(double seconds, int records);

    [LoggerMessage(EventId = 144, Level = LogLevel.Error, Message = "{Partition}: the snapshot at {Offset} does not lead to the state that it names; another takes its place. Report this")]
    private partial void LogDistrusted(string partition, long offset);

    [LoggerMessage(EventId = 143, Level = LogLevel.Information, Message = "{Partition} is live again: {Records} records replayed in {Seconds:0.000} s")]
    private partial void LogReplayed(string partition, long records, double seconds);
}
