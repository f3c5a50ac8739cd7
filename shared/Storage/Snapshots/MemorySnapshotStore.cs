using System.Collections.Concurrent;
using Tidewatch.Contracts.State;

namespace Tidewatch.Storage.Snapshots;

/// <summary>Snapshots in this process: for the embedded form, where state need not outlive it.</summary>
public sealed class MemorySnapshotStore : ISnapshotStore
{
    private readonly ConcurrentDictionary<(string Group, string TopicId, int Partition), Shelf> _shelves = new();

    public string Name => "memory";

    public Task<long> NextEpochAsync(PartitionIdentity partition, CancellationToken cancellationToken) => Task.FromResult(ShelfOf(partition).NextEpoch());

    public Task<bool> WriteAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        Task.FromResult(ShelfOf(snapshot.Identity).TryPut(snapshot with { Payload = snapshot.Payload.ToArray() }));

    public Task<IReadOnlyList<Snapshot>> ReadAsync(PartitionIdentity partition, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Snapshot>>([.. ShelfOf(partition).Newest().Where(s => s.Identity == partition)]);

    private Shelf ShelfOf(PartitionIdentity partition) => _shelves.GetOrAdd((partition.Group, partition.TopicId, partition.Partition), _ => new Shelf());

    /// <summary>The two newest snapshots of a partition, and its fencing token.</summary>
    private sealed class Shelf
    {
        private readonly Lock _lock = new();
        private readonly List<Snapshot> _newest = [];
        private long _epoch;

        public long NextEpoch() => Interlocked.Increment(ref _epoch);

        public Snapshot[] Newest()
        {
            lock (_lock)
            {
                return [.. _newest];
            }
        }

        public bool TryPut(Snapshot snapshot)
        {
            lock (_lock)
            {
                if (Interlocked.Read(ref _epoch) > snapshot.Epoch
                    || (_newest.Count > 0 && (_newest[0].Epoch, _newest[0].Offset).CompareTo((snapshot.Epoch, snapshot.Offset)) > 0))
                {
                    return false;
                }

                _newest.Insert(0, snapshot);
                _newest.RemoveRange(Math.Min(2, _newest.Count), Math.Max(0, _newest.Count - 2));
                return true;
            }
        }
    }
}
