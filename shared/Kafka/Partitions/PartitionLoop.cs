using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Partitions.Marks;

namespace Tidewatch.Kafka.Partitions;

/// <summary>One session of one process: consume in order, apply, and commit alerts, dead letters, the audit link and offsets together (protocol lines 9 to 14).</summary>
/// <remarks>Single-threaded. Knows Kafka only through its edges, so that a simulation drives exactly this code. <see cref="SessionLostException"/> ends it: drop it whole and begin a new one.</remarks>
public sealed partial class PartitionLoop(
    LoopOptions options, TopicNames names, IInputLog input, IOutputLog output, PartitionRestorer restorer, SnapshotWriter snapshots, ICrashMarks marks, LoopStatus status, LoopMetrics metrics, TimeProvider time, ILogger logger)
    : IInputHandler
{
    private readonly SortedDictionary<InputPartition, PartitionTask> _tasks = [];
    private readonly Dictionary<InputPartition, PartitionReplay> _replays = [];
    private readonly RecordApplier _live = new(new LiveOutput(output, names), options.PoisonAttempts, logger);
    private readonly TransactionWatch _watch = new(options, time);
    private readonly RetentionWatch _retention = new(options, input, snapshots, metrics, time);
    private bool _isOpen;
    private int _records;
    private long _opened;

    /// <summary>Partitions at work, in order.</summary>
    public IEnumerable<PartitionTask> Tasks => _tasks.Values;

    /// <summary>Snapshots that proved wrong.</summary>
    public int Distrusted { get; private set; }

    /// <summary>One turn: takes what is there, and commits when it is time.</summary>
    public void Turn()
    {
        input.Poll(_isOpen ? Remaining() : options.CommitInterval, this);
        if (_isOpen && (_records >= options.MaxTransactionRecords || time.GetElapsedTime(_opened) >= _watch.CommitInterval))
        {
            Commit();
        }

        if (!_isOpen)
        {
            _retention.Look(_tasks.Values);
        }

        status.Turned(time.GetTimestamp());
    }

    /// <summary>Ends the session in order: commits, snapshots, leaves.</summary>
    public void Close() => input.Close(this);

    public long? OnAssigned(InputPartition partition)
    {
        CommitOpen();
        var began = time.GetTimestamp();
        var (task, start, refusal) = restorer.Take(partition, input);
        if (task is null)
        {
            Refuse(refusal!);
            RefuseSiblings(refusal!);
            return null;
        }

        Own(task);
        status.Took(partition);
        if (task.IsReplaying)
        {
            _replays[partition] = new PartitionReplay(task, start, began);
        }
        else
        {
            metrics.Restored(0, time.GetElapsedTime(began));
        }

        return start;
    }

    public void OnRevoked(IReadOnlyList<InputPartition> partitions)
    {
        CommitOpen();
        foreach (var partition in partitions)
        {
            if (_tasks.Remove(partition, out var task))
            {
                snapshots.HandOver(task);
            }

            Drop(partition);
        }
    }

    public void OnLost(IReadOnlyList<InputPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            _tasks.Remove(partition);
            Drop(partition);
        }

        if (_isOpen)
        {
            Abort();
        }
    }

    public void OnRecord(InputPartition partition, in InputRecord record)
    {
        if (!_tasks.TryGetValue(partition, out var task))
        {
            return;
        }

        if (task.IsReplaying)
        {
            Replay(task, record);
        }

        if (!task.IsReplaying && record.Offset >= task.Next)
        {
            ApplyLive(task, record);
        }

        if (_isOpen && _watch.IsOverdue(_opened, out var age))
        {
            LogOverdue(age.TotalSeconds, _records);
            metrics.Overdue();
            Commit();
        }
    }

    public void OnEnd(InputPartition partition, long position)
    {
        if (!_replays.TryGetValue(partition, out var replay))
        {
            return;
        }

        if (position >= replay.Task.Committed)
        {
            EndReplay(replay);
            return;
        }

        LogTail.RequireUpTo(input, partition, replay.Task.Committed);
    }

    private void Own(PartitionTask task)
    {
        task.Mark = marks.Of(task.Partition);
        _tasks[task.Partition] = task;
    }

    private void ApplyLive(PartitionTask task, in InputRecord record)
    {
        if (!_isOpen)
        {
            output.Begin();
            (_isOpen, _records, _opened) = (true, 0, time.GetTimestamp());
        }

        if (record.LeaderEpoch > task.LastRecord?.LeaderEpoch)
        {
            LogTail.Require(input, task);
        }

        task.Begin();
        if (!_live.TryApply(task, record))
        {
            Abort();
            return;
        }

        task.Applied(record);
        _records++;
        if (task.IsSkipping)
        {
            // At once: the next record may end the process as well, and then this one's deaths are no longer known.
            Commit();
        }
    }

    /// <summary>Before what may take long, for a transaction must not wait for it.</summary>
    private void CommitOpen()
    {
        if (_isOpen)
        {
            Commit();
        }
    }

    private void Commit()
    {
        var touched = _tasks.Values.Where(t => t.IsTouched).ToList();
        var due = touched.Where(snapshots.IsDue).ToHashSet();
        try
        {
            foreach (var task in touched)
            {
                var link = task.Link(options.InstanceId, withHash: due.Contains(task));
                output.Produce(names.Progress, Encoding.UTF8.GetBytes(task.Partition.ToString()), JsonSerializer.SerializeToUtf8Bytes(link, ContractJson.Default.ProgressRecord), []);
            }

            output.Commit([.. touched.Select(t => (t.Partition, t.Next))], input);
        }
        catch (TransactionAbortedException e)
        {
            LogAborted(e.Message);
            Abort();
            return;
        }

        _isOpen = false;
        metrics.Transaction("committed", time.GetElapsedTime(_opened));
        foreach (var task in touched)
        {
            task.Commit();
            if (due.Contains(task))
            {
                snapshots.Take(task);
            }
        }
    }

    private void Abort()
    {
        _isOpen = false;
        output.Abort();
        metrics.Transaction("aborted", time.GetElapsedTime(_opened));
        foreach (var task in _tasks.Values.Where(t => t.IsTouched))
        {
            task.Rollback();
            input.Seek(task.Partition, task.Committed);
        }
    }

    private void Refuse(Refusal refusal)
    {
        LogRefused(refusal.ToString());
        status.Refused(refusal);
        metrics.Refused(refusal.Reason);
        input.Pause(refusal.Partition);
    }

    /// <summary>Where partitions were added, those at work stop too: their series may have moved.</summary>
    private void RefuseSiblings(Refusal refusal)
    {
        var siblings = refusal.Reason == RefusalReason.PartitionCount ? _tasks.Keys.Where(p => string.Equals(p.Topic, refusal.Partition.Topic, StringComparison.Ordinal)).ToList() : [];
        if (siblings.Count > 0)
        {
            CommitOpen();
        }

        foreach (var sibling in siblings)
        {
            _tasks.Remove(sibling);
            Drop(sibling);
            Refuse(refusal with { Partition = sibling });
        }
    }

    private void Drop(InputPartition partition)
    {
        _replays.Remove(partition);
        snapshots.Forget(partition);
        metrics.Headroom(partition, null);
        status.Dropped(partition);
    }

    private TimeSpan Remaining()
    {
        var left = _watch.CommitInterval - time.GetElapsedTime(_opened);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
