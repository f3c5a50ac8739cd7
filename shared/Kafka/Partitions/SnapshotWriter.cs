using System.Buffers;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Takes snapshots at commit points, serialised before the next record is applied, and writes them in the background (protocol line 12).</summary>
/// <param name="tiers">Where to.</param>
/// <param name="options">How often, and how much at once.</param>
/// <param name="metrics">Hears for how long the loop was held up.</param>
/// <param name="time">Clock of the intervals; no part of the state.</param>
/// <param name="run">Runs a write: <see cref="Task.Run(Func{Task})"/>, or in place for a simulation.</param>
public sealed class SnapshotWriter(SnapshotTiers tiers, LoopOptions options, LoopMetrics metrics, TimeProvider time, Func<Func<Task>, Task> run)
{
    private static readonly TimeSpan HandOverTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Between the parts of a whole state.</summary>
    private static readonly TimeSpan PartInterval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<InputPartition, SnapshotLedger> _ledgers = [];

    /// <summary>Whether the partition's next commit takes a snapshot.</summary>
    public bool IsDue(PartitionTask task) => LedgerOf(task) is { Writing.IsCompleted: true } ledger && tiers.Stores.Any(s => IsDue(ledger, s));

    /// <summary>Takes a snapshot of the committed state now for every tier that is due.</summary>
    public void Take(PartitionTask task)
    {
        var ledger = LedgerOf(task);
        Write(task, ledger, [.. tiers.Stores.Where(s => IsDue(ledger, s))], options.SnapshotBytes);
    }

    /// <summary>The offset from which the last tier, should it be the only one left, needs the log; null where nothing can be lost yet.</summary>
    public long? DurableFrom(PartitionTask task) =>
        !task.HasCommitted || tiers.Stores.Count == 0 ? null
        : LedgerOf(task).ChainOf(tiers.Stores[^1]) is { IsComplete: true } chain ? chain.ReplayFrom
        : task.Origin?.Manifest.ReplayFrom ?? 0;

    /// <summary>A snapshot to the last tier now, with every change. Between transactions; nothing while a write is under way.</summary>
    public void Force(PartitionTask task)
    {
        if (task is { IsReplaying: false, HasCommitted: true, IsSettled: true, IsTouched: false } && LedgerOf(task) is { Writing.IsCompleted: true } ledger)
        {
            Write(task, ledger, [tiers.Stores[^1]], long.MaxValue);
        }
    }

    /// <summary>The last snapshot of an orderly hand-over, with every change: waits for it, so that the next owner finds it and replays nothing.</summary>
    public void HandOver(PartitionTask task)
    {
        var ledger = LedgerOf(task);
        ledger.Writing.Wait(HandOverTimeout);
        if (tiers.Stores.Count > 0 && task is { IsReplaying: false, HasCommitted: true, IsSettled: true } && ledger.Writing.IsCompleted)
        {
            Write(task, ledger, [tiers.Stores[0]], long.MaxValue);
            ledger.Writing.Wait(HandOverTimeout);
        }

        Forget(task.Partition);
    }

    public void Forget(InputPartition partition) => _ledgers.Remove(partition);

    private SnapshotLedger LedgerOf(PartitionTask task) => _ledgers.TryGetValue(task.Partition, out var ledger) ? ledger : _ledgers[task.Partition] = new SnapshotLedger(task);

    private bool IsDue(SnapshotLedger ledger, ISnapshotStore tier) =>
        ledger.Taken(tier) is not { } taken || taken == long.MinValue || time.GetElapsedTime(taken) >= IntervalOf(ledger, tier);

    private TimeSpan IntervalOf(SnapshotLedger ledger, ISnapshotStore tier)
    {
        var interval = tier == tiers.Stores[0] ? options.SnapshotInterval : options.DurableInterval;
        return interval > PartInterval && ledger.ChainOf(tier) is { IsComplete: false, Segments.Count: > 0 } ? PartInterval : interval;
    }

    private void Write(PartitionTask task, SnapshotLedger ledger, IReadOnlyList<ISnapshotStore> due, long maxBytes)
    {
        var (now, hash, written) = (time.GetTimestamp(), task.Processor.StateHash(), time.GetUtcNow());
        var made = new List<Made>();
        var writes = new List<(ISnapshotStore Tier, Snapshot Snapshot, SnapshotChain Next)>();
        foreach (var tier in due)
        {
            ledger.Tried(tier, now);
            var chain = ledger.ChainOf(tier);
            var request = chain.Request(maxBytes, task.Processor.SeriesCount);
            var content = made.Find(m => m.Request == request) ?? Make(task, ledger.NextSegment(), request);
            made.Add(content);
            var next = chain.With(content.Segment, content.Extent, task.Processor.SeriesCount);
            writes.Add((tier, new Snapshot(ManifestOf(task, next, hash, written), content.Bytes), next));
        }

        metrics.SnapshotPaused(isWhole: due.Any(tier => !ledger.ChainOf(tier).IsComplete), time.GetElapsedTime(now));
        ledger.Writing = run(async () =>
        {
            foreach (var (tier, snapshot, next) in writes)
            {
                Note(ledger, tier, await tiers.WriteAsync(tier, snapshot, CancellationToken.None), next);
            }
        });
    }

    private static void Note(SnapshotLedger ledger, ISnapshotStore tier, WriteOutcome? outcome, SnapshotChain next)
    {
        if (outcome == WriteOutcome.Written)
        {
            ledger.Holds(tier, next);
        }
        else if (outcome == WriteOutcome.BaseLost)
        {
            ledger.Lost(tier);
        }
    }

    private static Made Make(PartitionTask task, string id, in SegmentRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        var extent = task.Processor.Save(buffer, request);
        return new Made(request, extent, buffer.WrittenMemory, SnapshotSegment.Of(id, task.Committed, buffer.WrittenMemory));
    }

    private static SnapshotManifest ManifestOf(PartitionTask task, SnapshotChain chain, ulong hash, DateTimeOffset written) => new()
    {
        Identity = task.Identity,
        Offset = task.Committed,
        ReplayFrom = chain.ReplayFrom,
        Epoch = task.Epoch,
        SeriesCount = task.Processor.SeriesCount,
        StateHash = hash,
        Segments = chain.Segments,
        IsPartial = !chain.IsComplete,
        WrittenAt = written,
    };

    /// <summary>A segment that may serve several tiers.</summary>
    private sealed record Made(SegmentRequest Request, SegmentExtent Extent, ReadOnlyMemory<byte> Bytes, SnapshotSegment Segment);
}
