using Microsoft.Extensions.Logging;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>The tiers that keep snapshots, fast one first. A tier that is away costs a longer replay, never a stop.</summary>
public sealed partial class SnapshotTiers(IReadOnlyList<ISnapshotStore> stores, LoopMetrics metrics, ILogger logger)
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(20);

    public IReadOnlyList<ISnapshotStore> Stores => stores;

    /// <summary>The next fencing token: the fast tier's, else one above the newest snapshot's.</summary>
    public long NextEpoch(PartitionIdentity identity, Snapshot? newest)
    {
        foreach (var store in stores)
        {
            if (Try(store, token => store.NextEpochAsync(identity, token), out var epoch))
            {
                return Math.Max(epoch, (newest?.Epoch ?? 0) + 1);
            }
        }

        return (newest?.Epoch ?? 0) + 1;
    }

    /// <summary>Every whole snapshot of the partition that any tier holds, newest first.</summary>
    public IReadOnlyList<Snapshot> Read(PartitionIdentity identity)
    {
        var found = new List<Snapshot>();
        foreach (var store in stores)
        {
            if (Try(store, token => store.ReadAsync(identity, token), out var snapshots))
            {
                found.AddRange(snapshots!);
            }
        }

        return [.. found.OrderByDescending(s => s.Offset)];
    }

    /// <summary>Writes to one tier; false when it is away or holds a newer one.</summary>
    public async Task<bool> WriteAsync(ISnapshotStore store, Snapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            var taken = await store.WriteAsync(snapshot, cancellationToken);
            metrics.SnapshotWritten(store.Name, taken ? snapshot.Payload.Length : 0);
            return taken;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failed(store, e);
            return false;
        }
    }

    private bool Try<T>(ISnapshotStore store, Func<CancellationToken, Task<T>> ask, out T? answer)
    {
        using var timeout = new CancellationTokenSource(ReadTimeout);
        try
        {
            answer = ask(timeout.Token).GetAwaiter().GetResult();
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failed(store, e);
            answer = default;
            return false;
        }
    }

    private void Failed(ISnapshotStore store, Exception e)
    {
        metrics.SnapshotFailed(store.Name);
        LogAway(store.Name, e.Message);
    }

    [LoggerMessage(EventId = 130, Level = LogLevel.Warning, Message = "snapshots: {Tier} is away: {Reason}; detection goes on without it")]
    private partial void LogAway(string tier, string reason);
}
