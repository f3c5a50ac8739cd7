namespace Tidewatch.Kafka.Partitions;

/// <summary>Watches how close the start of each log has come to the record at which a replay from the durable snapshot would begin: past it, a restart is refused as RETENTION_GAP. Below half of the log's length a snapshot is written at once, also of a partition that has nothing to do.</summary>
/// <remarks>Asks the broker without waiting for it; an answer that does not come leaves the last figure standing.</remarks>
internal sealed class RetentionWatch
{
    private const double Enough = 0.5;
    private readonly LoopOptions _options;
    private readonly IInputLog _input;
    private readonly SnapshotWriter _snapshots;
    private readonly LoopMetrics _metrics;
    private readonly TimeProvider _time;
    private Task<IReadOnlyDictionary<InputPartition, (long Start, long End)>>? _asked;
    private long _askedAt;

    public RetentionWatch(LoopOptions options, IInputLog input, SnapshotWriter snapshots, LoopMetrics metrics, TimeProvider time)
    {
        (_options, _input, _snapshots, _metrics, _time, _askedAt) = (options, input, snapshots, metrics, time, time.GetTimestamp());
        metrics.ForgetHeadroom();
    }

    /// <summary>Called between transactions.</summary>
    public void Look(IReadOnlyCollection<PartitionTask> tasks)
    {
        if (_asked is { IsCompleted: true } answered)
        {
            _asked = null;
            Judge(tasks, answered);
        }

        if (_asked is null && tasks.Count > 0 && _time.GetElapsedTime(_askedAt) >= _options.RetentionInterval)
        {
            (_askedAt, _asked) = (_time.GetTimestamp(), _input.BoundsAsync([.. tasks.Select(t => t.Partition)]));
        }
    }

    private void Judge(IReadOnlyCollection<PartitionTask> tasks, Task<IReadOnlyDictionary<InputPartition, (long Start, long End)>> answered)
    {
        if (!answered.IsCompletedSuccessfully)
        {
            return;
        }

        var known = answered.GetAwaiter().GetResult();
        foreach (var task in tasks)
        {
            if (known.TryGetValue(task.Partition, out var bounds) && _snapshots.DurableFrom(task) is { } from)
            {
                var headroom = Headroom(from, bounds);
                _metrics.Headroom(task.Partition, headroom);
                if (headroom < Enough)
                {
                    _snapshots.Force(task);
                }
            }
        }
    }

    /// <summary>1 for nothing that could be lost, 0 where retention has come to the record that a replay needs.</summary>
    private static double Headroom(long from, (long Start, long End) bounds) =>
        bounds.End > bounds.Start ? Math.Clamp((from - bounds.Start) / (double)(bounds.End - bounds.Start), 0, 1) : 1;
}
