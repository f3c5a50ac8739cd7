using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;

namespace Tidewatch.Simulation;

/// <summary>A snapshot tier of the model: two manifests a partition and their segments, fenced by (epoch, offset); it may be away, lose writes, or be flushed.</summary>
public sealed class ModelSnapshotStore(string name, World world, bool loses) : ISnapshotStore
{
    private static readonly SnapshotSlots Nothing = new(null, null);
    private readonly Dictionary<int, SnapshotSlots> _slots = [];
    private readonly Dictionary<string, byte[]> _segments = new(StringComparer.Ordinal);
    private readonly Dictionary<int, long> _epochs = [];

    public string Name => name;

    /// <summary>The oldest record that the partition's newest snapshot needs: retention may go up to it.</summary>
    public long Newest(int partition) => _slots.TryGetValue(partition, out var slots) ? Math.Max(slots.A?.ReplayFrom ?? 0, slots.B?.ReplayFrom ?? 0) : 0;

    public Task<long> NextEpochAsync(PartitionIdentity partition, CancellationToken cancellationToken)
    {
        Away();
        return Task.FromResult(_epochs[partition.Partition] = _epochs.GetValueOrDefault(partition.Partition) + 1);
    }

    public Task<WriteOutcome> WriteAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        Away();
        var (manifest, slots) = (snapshot.Manifest, _slots.GetValueOrDefault(snapshot.Manifest.Identity.Partition, Nothing));
        var judged = slots.Judge(manifest);
        if (judged == WriteOutcome.BaseLost || (judged == WriteOutcome.Outdated && !world.Is(Sabotage.DropFencing)))
        {
            return Task.FromResult(judged);
        }

        if (loses && world.Scheduler.Fault(0.03))
        {
            return Task.FromResult(WriteOutcome.Written);
        }

        _segments[Key(manifest.Identity, manifest.Segments[^1])] = snapshot.Newest.ToArray();
        _slots[manifest.Identity.Partition] = world.Is(Sabotage.DropFencing) && !manifest.IsPartial ? new SnapshotSlots(null, manifest) : slots.With(manifest);
        foreach (var dropped in world.Is(Sabotage.DropFencing) ? [] : slots.Dropped(manifest))
        {
            _segments.Remove(Key(manifest.Identity, dropped));
        }

        return Task.FromResult(WriteOutcome.Written);
    }

    public Task<IReadOnlyList<SnapshotManifest>> ReadAsync(PartitionIdentity partition, CancellationToken cancellationToken)
    {
        Away();
        if (loses && world.Scheduler.Fault(0.05))
        {
            _slots.Clear();
            _segments.Clear();
            _epochs.Clear();
        }

        var slots = _slots.GetValueOrDefault(partition.Partition, Nothing);
        return Task.FromResult((world.Is(Sabotage.LoadParts) && slots.Partial is not null ? slots with { A = slots.Partial } : slots).Of(partition));
    }

    public Task<IReadOnlyList<StateSegment>?> LoadAsync(SnapshotManifest manifest, CancellationToken cancellationToken)
    {
        Away();
        return Task.FromResult<IReadOnlyList<StateSegment>?>(
            manifest.Segments.All(s => _segments.ContainsKey(Key(manifest.Identity, s))) ? [.. manifest.Segments.Select(s => new StateSegment(s.Stamp, _segments[Key(manifest.Identity, s)]))] : null);
    }

    private static string Key(PartitionIdentity partition, SnapshotSegment segment) => $"{partition.Partition}/{segment.Id}";

    private void Away()
    {
        if (loses && world.Scheduler.Fault(0.03))
        {
            throw new IOException($"{name} is away");
        }
    }
}
