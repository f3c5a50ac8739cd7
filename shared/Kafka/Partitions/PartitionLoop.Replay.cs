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
        else if (!replay.TryApply(record))
        {
            ReplayAgain(replay);
        }
    }

    private void ReplayAgain(PartitionReplay replay)
    {
        var partition = replay.Task.Partition;
        var (again, start, refusal) = restorer.Take(partition, input, replay.Distrusted);
        if (again is null)
        {
            _tasks.Remove(partition);
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

        replay.Task.IsReplaying = false;
        _replays.Remove(replay.Task.Partition);
        metrics.Restored(replay.Records, time.GetElapsedTime(replay.Began));
        LogReplayed(replay.Task.Partition.ToString(), replay.Records, time.GetElapsedTime(replay.Began).TotalSeconds);
    }
}
