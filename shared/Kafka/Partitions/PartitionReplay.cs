using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Rebuilding a partition's state in silence, from the snapshot's offset up to the committed one.</summary>
/// <param name="task">The partition.</param>
/// <param name="start">Where it begins.</param>
/// <param name="began">Timestamp of the assignment.</param>
public sealed class PartitionReplay(PartitionTask task, long start, long began)
{
    private readonly HashSet<long> _skipped = [];

    public PartitionTask Task => task;

    public long Began => began;

    /// <summary>Records applied.</summary>
    public long Records { get; private set; }

    /// <summary>Applies a record; false when it makes the processor throw: it became a dead letter when it was live, and the state it may have spoilt must be loaded again.</summary>
    public bool TryApply(in InputRecord record)
    {
        if (record.Offset < start || _skipped.Contains(record.Offset))
        {
            return true;
        }

        try
        {
            task.Processor.Apply(record, SilentOutput.Instance);
            Records++;
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _skipped.Add(record.Offset);
            return false;
        }
    }

    /// <summary>The same replay from the beginning, without the records that made the processor throw.</summary>
    public PartitionReplay Again(PartitionTask fresh, long from)
    {
        var again = new PartitionReplay(fresh, from, began);
        again._skipped.UnionWith(_skipped);
        return again;
    }
}
