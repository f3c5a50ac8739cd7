namespace Tidewatch.Kafka;

/// <summary>What a plain consumer does with records: effects first, then the offsets are committed.</summary>
public interface IRecordHandler
{
    /// <summary>Handles a batch of one poll, in order per partition. When it throws, the same batch is given again after a back-off; effects must be idempotent.</summary>
    Task HandleAsync(IReadOnlyList<ReceivedRecord> records, CancellationToken cancellationToken);

    /// <summary>
    /// How many of the newest batches still have an effect that waits in memory, counted back to the oldest one that does; 0 where none waits.
    /// Their offsets stay uncommitted, so that the records come again after a crash.
    /// </summary>
    int Unsettled => 0;
}
