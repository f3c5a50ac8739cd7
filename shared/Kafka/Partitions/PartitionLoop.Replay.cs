using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Partitions;

/// <summary>How the loop leads a partition in silence to where it is live.</summary>
public sealed partial class PartitionLoop
{
    private void Replay(PartitionTask task, in InputRecord record)
    {
        var replay = _replays[task.Partition];
        if (record.Offset >= task.Committed)
        {
            EndReplay(replay);
        }
        else if (replay.Refuses(record, options.PoisonAttempts) is { } deadly)
        {
            ReplayAgain(replay, deadly);
        }
        else if (!replay.TryApply(record))
        {
            ReplayAgain(replay);
        }
    }

    /// <param name="replay">The replay that did not lead to the state.</param>
    /// <param name="deadly">Why no replay can; null where another snapshot or fewer records may.</param>
    private void ReplayAgain(PartitionReplay replay, Refusal? deadly = null)
    {
        var partition = replay.Task.Partition;
        var (again, start, refusal) = restorer.Take(partition, input, replay.Distrusted, deadly);
        if (again is null)
        {
            replay.Task.Mark.GiveUp();
            _tasks.Remove(partition);
            _replays.Remove(partition);
            Refuse(refusal!);
            return;
        }

        Distrusted += replay.Distrusted.Count;
        snapshots.Forget(partition);
        Own(again);
        if (again.IsReplaying)
        {
            _replays[partition] = replay.Again(again, start);
        }
        else
        {
            _replays.Remove(partition);
        }

        input.Seek(partition, start);
    }

    private void EndReplay(PartitionReplay replay)
    {
        if (!replay.IsProven())
        {
            LogDistrusted(replay.Task.Partition.ToString(), replay.Task.Origin!.Value.Manifest.Offset);
            ReplayAgain(replay);
            return;
        }

        replay.Task.Configure(replay.Task.Committed);
        replay.Task.IsReplaying = false;
        _replays.Remove(replay.Task.Partition);
        metrics.Restored(replay.Records, time.GetElapsedTime(replay.Began));
        LogReplayed(replay.Task.Partition.ToString(), replay.Records, time.GetElapsedTime(replay.Began).TotalSeconds);
    }
}
