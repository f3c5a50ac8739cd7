using System.Buffers;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Takes snapshots at commit points, serialised before the next record is applied, and writes them in the background (protocol line 12).</summary>
/// <param name="tiers">Where to.</param>
/// <param name="options">How often.</param>
/// <param name="time">Clock of the intervals; no part of the state.</param>
/// <param name="run">Runs a write: <see cref="Task.Run(Func{Task})"/>, or in place for a simulation.</param>
public sealed class SnapshotWriter(SnapshotTiers tiers, LoopOptions options, TimeProvider time, Func<Func<Task>, Task> run)
{
    private static readonly TimeSpan HandOverTimeout = TimeSpan.FromSeconds(10);
    private readonly Dictionary<InputPartition, (long Fast, long Durable)> _taken = [];
    private readonly Dictionary<InputPartition, Task> _writing = [];

    /// <summary>Whether the partition's next commit takes a snapshot.</summary>
    public bool IsDue(PartitionTask task) => tiers.Stores.Count > 0 && !IsWriting(task.Partition)
        && (!_taken.TryGetValue(task.Partition, out var taken) || time.GetElapsedTime(taken.Fast) >= options.SnapshotInterval);

    /// <summary>Takes a snapshot of the committed state now and writes it to every tier that is due.</summary>
    public void Take(PartitionTask task, bool everyTier = false)
    {
        var now = time.GetTimestamp();
        var isFirst = !_taken.TryGetValue(task.Partition, out var taken);
        var durable = everyTier || tiers.Stores.Count == 1 || isFirst || time.GetElapsedTime(taken.Durable) >= options.DurableInterval;
        _taken[task.Partition] = (now, durable ? now : taken.Durable);
        var snapshot = Serialize(task);
        var stores = durable ? tiers.Stores : [tiers.Stores[0]];
        _writing[task.Partition] = run(async () =>
        {
            foreach (var store in stores)
            {
                await tiers.WriteAsync(store, snapshot, CancellationToken.None);
            }
        });
    }

    /// <summary>The last snapshot of an orderly hand-over: waits for it, so that the next owner finds it.</summary>
    public void HandOver(PartitionTask task)
    {
        Wait(task.Partition);
        if (tiers.Stores.Count > 0 && task is { IsReplaying: false, HasCommitted: true })
        {
            Take(task);
            Wait(task.Partition);
        }

        Forget(task.Partition);
    }

    public void Forget(InputPartition partition)
    {
        _taken.Remove(partition);
        _writing.Remove(partition);
    }

    private static Snapshot Serialize(PartitionTask task)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        task.Processor.Save(buffer);
        return new Snapshot(task.Identity, task.Committed, task.Epoch, task.Processor.SeriesCount, task.Processor.StateHash(), buffer.WrittenMemory);
    }

    private bool IsWriting(InputPartition partition) => _writing.TryGetValue(partition, out var write) && !write.IsCompleted;

    private void Wait(InputPartition partition)
    {
        if (_writing.TryGetValue(partition, out var write))
        {
            write.Wait(HandOverTimeout);
        }
    }
}
