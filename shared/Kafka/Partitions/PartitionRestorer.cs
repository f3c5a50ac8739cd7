using Microsoft.Extensions.Logging;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Takes a partition over: finds where it stands, holds that against the audit chain, and loads the newest usable state (protocol lines 2 to 8).</summary>
public sealed partial class PartitionRestorer(
    LoopOptions options, IProgressLog progress, SnapshotTiers tiers, ISettingsStore? settings, Func<InputPartition, InputTopic, IPartitionProcessor> create, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);
    private readonly StateLoader _loader = new(tiers, new SettingsShelf(settings, options.Group), logger);

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

        var today = create(partition, topic);
        var identity = new PartitionIdentity(
            topic.ClusterId, topic.TopicId, partition.Topic, partition.Number, topic.PartitionCount, options.Group, today.EngineVersion, today.ConfigHash);
        var last = progress.Last(partition);
        if (last is null && !options.ColdOnLostState && Added(partition, topic) is { } added)
        {
            return (null, 0, added);
        }

        var (history, snapshots) = Known(last, identity, distrusted);
        var committed = Committed(partition, log, isExpected: last is not null || snapshots.Count > 0);
        while (last is not null && committed != last.To && progress.Last(partition) is { } newer && newer.To != last.To)
        {
            // Someone committed between the two questions: this partition is another's again, or a late transaction has just ended.
            (last, committed) = (newer, Committed(partition, log, isExpected: true));
            (history, snapshots) = Known(last, identity, distrusted);
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

        if (last is not null && last.EngineVersion != identity.EngineVersion)
        {
            LogOtherVersion(partition.ToString(), last.EngineVersion, last.ConfigHash, identity.EngineVersion);
        }

        var at = Math.Max(standing.Committed, bounds.Start);
        var usable = snapshots.Where(s => s.Manifest.Offset <= standing.Committed && s.Manifest.ReplayFrom >= bounds.Start);
        var state = IsContinued(last, identity) && standing.Refusal is null ? _loader.Load(today, () => create(partition, topic), history.Since(bounds.Start), at, bounds.Start, usable) : _loader.Anew(create(partition, topic), at);
        var isMissing = standing.Refusal is null && (standing.Committed < bounds.Start || (state is { Snapshot: null, IsAnew: false } && bounds.Start > 0 && committed is not null));
        if (isMissing)
        {
            var gap = Gap(partition, bounds.Start, standing.Committed);
            if (!options.ColdOnLostState)
            {
                return (null, 0, gap);
            }

            LogCold(gap.ToString());
            state = _loader.Anew(create(partition, topic), at);
        }

        return Begin(partition, identity, standing, state, bounds.Start, at, isCold: isMissing || standing.Refusal is not null, last);
    }

    private (PartitionTask Task, long Start, Refusal? Refusal) Begin(
        InputPartition partition, PartitionIdentity identity, PartitionStanding standing, LoadedState state, long start, long committed, bool isCold, ProgressRecord? last)
    {
        state.Processor.IsCold = isCold;
        var newest = state.Snapshot?.Manifest;
        var from = standing.Refusal?.Reason == RefusalReason.DeadlyReplay ? committed : Math.Min(newest?.ReplayFrom ?? start, committed);
        var task = new PartitionTask(partition, identity, state.Processor, committed, tiers.NextEpoch(identity, newest), standing.IsCommitted)
        {
            IsReplaying = from < committed,
            IsColdLink = isCold,
            Origin = state.Snapshot is { } kept ? (kept.Tier.Name, kept.Manifest) : null,
            Configs = state.Configs,
            Switches = state.Switches,
            Skipped = last is not null && string.Equals(last.TopicId, identity.TopicId, StringComparison.Ordinal) ? (last.Skipped ?? []).Where(o => o >= start) : [],
            LastCommitted = isCold ? null : last?.LastRecord,
        };
        if (!task.IsReplaying)
        {
            task.Configure(committed);
        }

        LogTaken(partition.ToString(), committed, newest is null ? "no snapshot" : $"a snapshot at {newest.Offset}", committed - from);
        return (task, from, null);
    }

    /// <summary>The configurations that the state went through by the last link, and its snapshots that were not found wrong.</summary>
    private (ConfigHistory History, IReadOnlyList<KeptSnapshot> Snapshots) Known(ProgressRecord? last, PartitionIdentity identity, IReadOnlySet<string>? distrusted)
    {
        if (!IsContinued(last, identity))
        {
            return (ConfigHistory.Begun(0, identity.ConfigHash), []);
        }

        var history = last is null ? ConfigHistory.Begun(0, identity.ConfigHash) : ConfigHistory.Of(last);
        var snapshots = tiers.Read([.. history.Entries.Select(e => e.Hash).Distinct().Select(h => identity with { ConfigHash = h })])
            .Where(s => history.EntryOf(s.Manifest.Identity.ConfigHash, s.Manifest.Offset) >= 0 && distrusted?.Contains(s.Manifest.Segments[^1].Id) != true);
        return (history, [.. snapshots]);
    }

    private static Refusal Gap(InputPartition partition, long start, long committed) => new(RefusalReason.RetentionGap, partition,
        $"the topic now begins at offset {start}, records before it are gone, and no snapshot covers them (committed: {committed}): raise the topic's retention, or set OnLostState=cold to begin anew with marked alerts");

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

    /// <summary>Whether the state that the chain speaks of can be gone on from: another version of the engine makes it anew.</summary>
    private static bool IsContinued(ProgressRecord? last, PartitionIdentity identity) =>
        last is null || (last.EngineVersion == identity.EngineVersion && string.Equals(last.TopicId, identity.TopicId, StringComparison.Ordinal));

    [LoggerMessage(EventId = 120, Level = LogLevel.Information, Message = "took {Partition} at {Committed} with {Snapshot}; {Replay} records to replay")]
    private partial void LogTaken(string partition, long committed, string snapshot, long replay);

    [LoggerMessage(EventId = 121, Level = LogLevel.Warning, Message = "cold start by policy instead of refusal {Refusal}")]
    private partial void LogCold(string refusal);

    [LoggerMessage(EventId = 124, Level = LogLevel.Warning, Message = "{Partition}: the state was made by version {Before} of the engine under the settings {Hash:x16}, this is version {Now}: it is made anew from what is retained; start the release before this one to go on with it")]
    private partial void LogOtherVersion(string partition, int before, ulong hash, int now);
}
