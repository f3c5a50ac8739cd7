using Microsoft.Extensions.Logging;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>The tiers that keep snapshots, fast one first. A tier that is away costs a longer replay, never a stop.</summary>
public sealed partial class SnapshotTiers(IReadOnlyList<ISnapshotStore> stores, LoopMetrics metrics, ILogger logger)
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(20);

    public IReadOnlyList<ISnapshotStore> Stores => stores;

    /// <summary>The next fencing token: the fast tier's, else one above the newest snapshot's.</summary>
    public long NextEpoch(PartitionIdentity identity, SnapshotManifest? newest)
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

    /// <summary>Every snapshot of the partition that any tier holds under one of its <paramref name="identities"/>, the shortest replay first.</summary>
    public IReadOnlyList<KeptSnapshot> Read(IReadOnlyList<PartitionIdentity> identities)
    {
        var found = new List<KeptSnapshot>();
        foreach (var store in stores)
        {
            if (Try(store, token => ReadAsync(store, identities, token), out var manifests))
            {
                found.AddRange(manifests!.Select(m => new KeptSnapshot(store, m)));
            }
        }

        return [.. found.OrderByDescending(s => s.Manifest.ReplayFrom)];
    }

    /// <summary>The bytes of a snapshot; null when its tier is away or a part is damaged or gone.</summary>
    public IReadOnlyList<StateSegment>? Load(KeptSnapshot snapshot) => Try(snapshot.Tier, token => snapshot.Tier.LoadAsync(snapshot.Manifest, token), out var segments) ? segments : null;

    /// <summary>Writes to one tier; null when it is away.</summary>
    public async Task<WriteOutcome?> WriteAsync(ISnapshotStore store, Snapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await store.WriteAsync(snapshot, cancellationToken);
            metrics.SnapshotWritten(store.Name, outcome == WriteOutcome.Written ? snapshot.Newest.Length : 0);
            return outcome;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failed(store, e);
            return null;
        }
    }

    private static async Task<IReadOnlyList<SnapshotManifest>> ReadAsync(ISnapshotStore store, IReadOnlyList<PartitionIdentity> identities, CancellationToken cancellationToken)
    {
        var found = new List<SnapshotManifest>();
        foreach (var identity in identities)
        {
            found.AddRange(await store.ReadAsync(identity, cancellationToken));
        }

        return found;
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

/// <summary>A snapshot and the tier that holds it.</summary>
public sealed record KeptSnapshot(ISnapshotStore Tier, SnapshotManifest Manifest);
