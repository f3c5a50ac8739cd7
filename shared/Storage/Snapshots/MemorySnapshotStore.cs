using System.Collections.Concurrent;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;

namespace Tidewatch.Storage.Snapshots;

/// <summary>Snapshots in this process: for the embedded form, where state need not outlive it.</summary>
public sealed class MemorySnapshotStore : ISnapshotStore
{
    private readonly ConcurrentDictionary<(string Group, string TopicId, int Partition), Shelf> _shelves = new();

    public string Name => "memory";

    public Task<long> NextEpochAsync(PartitionIdentity partition, CancellationToken cancellationToken) => Task.FromResult(ShelfOf(partition).NextEpoch());

    public Task<WriteOutcome> WriteAsync(Snapshot snapshot, CancellationToken cancellationToken) => Task.FromResult(ShelfOf(snapshot.Manifest.Identity).Put(snapshot));

    public Task<IReadOnlyList<SnapshotManifest>> ReadAsync(PartitionIdentity partition, CancellationToken cancellationToken) => Task.FromResult(ShelfOf(partition).Of(partition));

    public Task<IReadOnlyList<StateSegment>?> LoadAsync(SnapshotManifest manifest, CancellationToken cancellationToken) => Task.FromResult(ShelfOf(manifest.Identity).Load(manifest));

    private Shelf ShelfOf(PartitionIdentity partition) => _shelves.GetOrAdd((partition.Group, partition.TopicId, partition.Partition), _ => new Shelf());

    /// <summary>The two newest snapshots of a partition, and its fencing token.</summary>
    private sealed class Shelf
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, byte[]> _segments = new(StringComparer.Ordinal);
        private SnapshotSlots _slots = new(null, null);
        private long _epoch;

        public long NextEpoch() => Interlocked.Increment(ref _epoch);

        public IReadOnlyList<SnapshotManifest> Of(PartitionIdentity partition)
        {
            lock (_lock)
            {
                return _slots.Of(partition);
            }
        }

        public WriteOutcome Put(Snapshot snapshot)
        {
            lock (_lock)
            {
                var manifest = snapshot.Manifest;
                if (Interlocked.Read(ref _epoch) > manifest.Epoch)
                {
                    return WriteOutcome.Outdated;
                }

                if (_slots.Judge(manifest) is var judged && judged != WriteOutcome.Written)
                {
                    return judged;
                }

                _segments[manifest.Segments[^1].Id] = snapshot.Newest.ToArray();
                foreach (var dropped in _slots.Dropped(manifest))
                {
                    _segments.Remove(dropped.Id);
                }

                _slots = _slots.With(manifest);
                return WriteOutcome.Written;
            }
        }

        public IReadOnlyList<StateSegment>? Load(SnapshotManifest manifest)
        {
            lock (_lock)
            {
                return manifest.Segments.All(s => _segments.ContainsKey(s.Id)) ? [.. manifest.Segments.Select(s => new StateSegment(s.Stamp, _segments[s.Id]))] : null;
            }
        }
    }
}
