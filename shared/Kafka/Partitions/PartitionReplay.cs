using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Rebuilding a partition's state in silence, from the snapshot's offset up to the committed one, each record under the configuration that was in force.</summary>
/// <param name="task">The partition.</param>
/// <param name="start">Where it begins.</param>
/// <param name="began">Timestamp of the assignment.</param>
public sealed class PartitionReplay(PartitionTask task, long start, long began)
{
    private readonly HashSet<long> _skipped = [];
    private readonly HashSet<string> _distrusted = new(StringComparer.Ordinal);
    private SnapshotManifest? _unproven = task.Origin?.Manifest;

    public PartitionTask Task => task;

    public long Began => began;

    /// <summary>Records applied.</summary>
    public long Records { get; private set; }

    /// <summary>Newest segments of the snapshots whose replay did not lead to the state that they name.</summary>
    public IReadOnlySet<string> Distrusted => _distrusted;

    /// <summary>Why the replay ends here: processes died on the record <paramref name="most"/> times, and leaving it out would change the state. Null where it may be tried.</summary>
    public Refusal? Refuses(in InputRecord record, int most) =>
        task.Mark.Deaths(record) is var deaths && deaths >= most && !task.Skips(record.Offset) ? PartitionStanding.Deadly(task.Partition, record.Offset, deaths, task.Committed) : null;

    /// <summary>Applies a record; false when the state must be loaded again. It makes the processor throw: then it became a dead letter when it was live, and may have spoilt the state. Or the snapshot proves wrong.</summary>
    public bool TryApply(in InputRecord record)
    {
        if (record.Offset < start || _skipped.Contains(record.Offset) || task.Skips(record.Offset))
        {
            return true;
        }

        if (record.Offset >= _unproven?.Offset && !IsProven())
        {
            return false;
        }

        task.Configure(record.Offset);
        task.Mark.Hold(record);
        try
        {
            task.Processor.Apply(record, SilentOutput.Instance);
            task.Mark.Release();
            Records++;
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            task.Mark.Release();
            _skipped.Add(record.Offset);
            return false;
        }
    }

    /// <summary>Whether the state is the one that the snapshot names for its stamp, up to which everything must have been applied. A snapshot that proves wrong is not used again.</summary>
    public bool IsProven()
    {
        var isProven = _unproven is null || task.Processor.StateHash() == _unproven.StateHash;
        if (!isProven)
        {
            _distrusted.Add(_unproven!.Segments[^1].Id);
        }

        _unproven = null;
        return isProven;
    }

    /// <summary>The same replay from the beginning, without the records that made the processor throw.</summary>
    public PartitionReplay Again(PartitionTask fresh, long from)
    {
        var again = new PartitionReplay(fresh, from, began);
        again._skipped.UnionWith(_skipped);
        again._distrusted.UnionWith(_distrusted);
        return again;
    }
}
