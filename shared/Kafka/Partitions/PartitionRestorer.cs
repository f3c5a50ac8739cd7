using Microsoft.Extensions.Logging;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Takes a partition over: finds where it stands, holds that against the audit chain, and loads the newest usable state (protocol lines 2 to 8).</summary>
public sealed partial class PartitionRestorer(
    LoopOptions options, IProgressLog progress, SnapshotTiers tiers, Func<InputPartition, InputTopic, IPartitionProcessor> create, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>The task with its state and the offset at which reading begins; or why the partition is refused.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="log">Where it is read.</param>
    /// <param name="distrusted">Newest segments of snapshots that proved wrong.</param>
    /// <param name="deadly">Why no replay leads to the committed offset; null where one may.</param>
    public (PartitionTask? Task, long Start, Refusal? Refusal) Take(InputPartition partition, IInputLog log, IReadOnlySet<string>? distrusted = null, Refusal? deadly = null)
    {
        var topic = log.Describe(partition.Topic);
        if (topic.IsCompacted)
        {
            return (null, 0, new(RefusalReason.CompactedInput, partition, "the topic is compacted, so a replay would not see every record: set cleanup.policy=delete"));
        }

        var processor = create(partition, topic);
        var identity = new PartitionIdentity(
            topic.ClusterId, topic.TopicId, partition.Topic, partition.Number, topic.PartitionCount, options.Group, processor.EngineVersion, processor.ConfigHash);
        var last = progress.Last(partition);
        if (last is null && !options.ColdOnLostState && Added(partition, topic) is { } added)
        {
            return (null, 0, added);
        }

        var snapshots = tiers.Read(identity);
        snapshots = [.. snapshots.Where(s => distrusted?.Contains(s.Manifest.Segments[^1].Id) != true)];
        var committed = Committed(partition, log, isExpected: last is not null || snapshots.Count > 0);
        while (last is not null && committed != last.To && progress.Last(partition) is { } newer && newer.To != last.To)
        {
            // Someone committed between the two questions: this partition is another's again, or a late transaction has just ended.
            (last, committed) = (newer, Committed(partition, log, isExpected: true));
        }

        var bounds = Bounds(partition, log, committed);
        var standing = PartitionStanding.Of(partition, topic, last, committed, bounds, [.. snapshots.Select(s => s.Manifest)]);
        if (standing is { Refusal: null, IsCommitted: true } && last is not null && !LogTail.Holds(log, partition, last.To - 1, last.LastRecord))
        {
            standing = PartitionStanding.Replaced(partition, last);
        }

        standing = standing with { Refusal = standing.Refusal ?? deadly };
        if (standing.Refusal is { } refusal && !options.ColdOnLostState)
        {
            return (null, 0, refusal);
        }

        if (standing.Refusal is { } overruled)
        {
            LogCold(overruled.ToString());
        }

        var isNew = committed is null || (last is not null && !SameLineage(last, identity));
        var skipped = last is not null && string.Equals(last.TopicId, topic.TopicId, StringComparison.Ordinal) ? last.Skipped?.Where(o => o >= bounds.Start) : null;
        return Load(partition, identity, topic, standing, snapshots, bounds.Start, isNew, skipped ?? [], last);
    }

    private (PartitionTask? Task, long Start, Refusal? Refusal) Load(
        InputPartition partition, PartitionIdentity identity, InputTopic topic, PartitionStanding standing, IReadOnlyList<KeptSnapshot> snapshots, long start, bool isNew, IEnumerable<long> skipped, ProgressRecord? last)
    {
        var usable = standing.Refusal is null ? snapshots.Where(s => s.Manifest.Offset <= standing.Committed && s.Manifest.ReplayFrom >= start) : [];
        var (processor, kept) = FirstReadable(() => create(partition, topic), usable);
        var newest = kept?.Manifest;
        var from = newest?.ReplayFrom ?? start;
        var isCold = standing.Refusal is not null;
        if (!isCold && (standing.Committed < start || (newest is null && start > 0 && !isNew)))
        {
            var gap = new Refusal(RefusalReason.RetentionGap, partition,
                $"the topic now begins at offset {start}, records before it are gone, and no snapshot covers them (committed: {standing.Committed}): raise the topic's retention, or set OnLostState=cold to begin anew with marked alerts");
            if (!options.ColdOnLostState)
            {
                return (null, 0, gap);
            }

            isCold = true;
            LogCold(gap.ToString());
        }

        processor.IsCold = isCold;
        var committed = Math.Max(standing.Committed, start);
        from = standing.Refusal?.Reason == RefusalReason.DeadlyReplay ? committed : Math.Min(from, committed);
        var task = new PartitionTask(partition, identity, processor, committed, tiers.NextEpoch(identity, newest), standing.IsCommitted)
        {
            IsReplaying = from < committed,
            IsColdLink = isCold,
            Origin = kept is null ? null : (kept.Tier.Name, kept.Manifest),
            Skipped = skipped,
            LastCommitted = isCold ? null : last?.LastRecord,
        };
        LogTaken(partition.ToString(), committed, newest is null ? "no snapshot" : $"a snapshot at {newest.Offset}", committed - from);
        return (task, from, null);
    }

    /// <summary>A partition without a chain of its own beside partitions that were worked on when there were fewer: it was added, and series have moved to it.</summary>
    private Refusal? Added(InputPartition partition, InputTopic topic)
    {
        var counts = Enumerable.Range(0, topic.PartitionCount).Select(number => progress.Last(partition with { Number = number })).OfType<ProgressRecord>()
            .Where(link => string.Equals(link.TopicId, topic.TopicId, StringComparison.Ordinal)).Select(link => link.PartitionCount).ToList();
        return counts.Count == 0 || counts.Contains(topic.PartitionCount) ? null : PartitionStanding.CountChanged(partition, topic.PartitionCount, counts[0]);
    }

    /// <summary>Asks again for a while when an offset should be there: a coordinator that has just moved may say none (KAFKA-20416).</summary>
    private long? Committed(InputPartition partition, IInputLog log, bool isExpected)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (log.Committed(partition) is { } committed)
            {
                return committed;
            }

            if (!isExpected || time.GetElapsedTime(began) > options.OffsetDeadline)
            {
                return null;
            }

            Task.Delay(AskAgain, time).GetAwaiter().GetResult();
        }
    }

    /// <summary>Asks again for a while when the topic seems to end before the committed offset: a new leader learns late how far its followers are.</summary>
    private (long Start, long End) Bounds(InputPartition partition, IInputLog log, long? committed)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var bounds = log.Bounds(partition);
            if (committed is null || committed <= bounds.End || time.GetElapsedTime(began) > options.OffsetDeadline)
            {
                return bounds;
            }

            Task.Delay(AskAgain, time).GetAwaiter().GetResult();
        }
    }

    /// <summary>The state of the first snapshot that can be read and hashes as it should; an empty state when there is none. A failed attempt leaves nothing behind.</summary>
    private (IPartitionProcessor Processor, KeptSnapshot? Snapshot) FirstReadable(Func<IPartitionProcessor> empty, IEnumerable<KeptSnapshot> snapshots)
    {
        foreach (var snapshot in snapshots)
        {
            var processor = empty();
            if (TryLoad(processor, snapshot))
            {
                return (processor, snapshot);
            }
        }

        return (empty(), null);
    }

    /// <summary>Loads a snapshot. Where series are of different offsets, replay proves its hash.</summary>
    private bool TryLoad(IPartitionProcessor processor, KeptSnapshot snapshot)
    {
        var manifest = snapshot.Manifest;
        try
        {
            if (tiers.Load(snapshot) is not { } segments)
            {
                LogUnreadable(manifest.Offset, "a part is missing or changed");
                return false;
            }

            processor.Load(segments);
            if (manifest.ReplayFrom < manifest.Offset || processor.StateHash() == manifest.StateHash)
            {
                return true;
            }

            LogUnreadable(manifest.Offset, "its state hash differs");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogUnreadable(manifest.Offset, e.Message);
        }

        return false;
    }

    /// <summary>Whether the state that the chain speaks of was made by this configuration and version: if not, it is made anew from what is retained.</summary>
    private static bool SameLineage(ProgressRecord last, PartitionIdentity identity) =>
        last.ConfigHash == identity.ConfigHash && last.EngineVersion == identity.EngineVersion;

    [LoggerMessage(EventId = 120, Level = LogLevel.Information, Message = "took {Partition} at {Committed} with {Snapshot}; {Replay} records to replay")]
    private partial void LogTaken(string partition, long committed, string snapshot, long replay);

    [LoggerMessage(EventId = 121, Level = LogLevel.Warning, Message = "cold start by policy instead of refusal {Refusal}")]
    private partial void LogCold(string refusal);

    [LoggerMessage(EventId = 122, Level = LogLevel.Warning, Message = "the snapshot at {Offset} is not readable: {Reason}; an older one or a longer replay takes its place")]
    private partial void LogUnreadable(long offset, string reason);
}
