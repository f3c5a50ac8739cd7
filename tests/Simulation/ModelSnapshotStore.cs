using Tidewatch.Contracts.State;

namespace Tidewatch.Simulation;

/// <summary>A snapshot tier of the model: two slots a partition, fenced by (epoch, offset); it may be away, lose writes, or be flushed.</summary>
public sealed class ModelSnapshotStore(string name, World world, bool loses) : ISnapshotStore
{
    private readonly Dictionary<int, List<Snapshot>> _slots = [];
    private readonly Dictionary<int, long> _epochs = [];

    public string Name => name;

    /// <summary>The oldest stamp that any partition's newest snapshot has: retention may go up to it.</summary>
    public long Newest(int partition) => _slots.GetValueOrDefault(partition)?.Max(s => s.Offset) ?? 0;

    public Task<long> NextEpochAsync(PartitionIdentity partition, CancellationToken cancellationToken)
    {
        Away();
        return Task.FromResult(_epochs[partition.Partition] = _epochs.GetValueOrDefault(partition.Partition) + 1);
    }

    public Task<bool> WriteAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        Away();
        var slots = _slots.TryGetValue(snapshot.Identity.Partition, out var there) ? there : _slots[snapshot.Identity.Partition] = [];
        if (!world.Is(Sabotage.DropFencing) && slots.Exists(s => (s.Epoch, s.Offset).CompareTo((snapshot.Epoch, snapshot.Offset)) > 0))
        {
            return Task.FromResult(false);
        }

        if (loses && world.Scheduler.Fault(0.03))
        {
            return Task.FromResult(true);
        }

        slots.Add(snapshot);
        var kept = world.Is(Sabotage.DropFencing) ? 1 : 2;
        slots.RemoveRange(0, Math.Max(0, slots.Count - kept));
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<Snapshot>> ReadAsync(PartitionIdentity partition, CancellationToken cancellationToken)
    {
        Away();
        if (loses && world.Scheduler.Fault(0.05))
        {
            _slots.Clear();
            _epochs.Clear();
        }

        return Task.FromResult<IReadOnlyList<Snapshot>>([.. _slots.GetValueOrDefault(partition.Partition, []).Where(s => s.Identity == partition).OrderByDescending(s => s.Offset)]);
    }

    private void Away()
    {
        if (loses && world.Scheduler.Fault(0.03))
        {
            throw new IOException($"{name} is away");
        }
    }
}
