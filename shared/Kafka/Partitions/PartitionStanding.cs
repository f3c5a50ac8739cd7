using Tidewatch.Contracts;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Where a partition stands by all that is known, and whether that fits together.</summary>
/// <param name="Committed">The offset at which live work begins; with a refusal, where a cold start would begin.</param>
/// <param name="Refusal">Why it does not fit; null when it does.</param>
/// <param name="IsCommitted">Whether the group itself has that offset; false before its first commit, and with a refusal.</param>
public sealed record PartitionStanding(long Committed, Refusal? Refusal, bool IsCommitted)
{
    /// <summary>Holds the committed offset against the chain, the topic and the snapshots (protocol lines 3 and 4). Pure.</summary>
    public static PartitionStanding Of(
        InputPartition partition, InputTopic topic, ProgressRecord? last, long? committed, (long Start, long End) bounds, IReadOnlyList<SnapshotManifest> snapshots)
    {
        PartitionStanding Refuse(RefusalReason reason, long cold, string detail) => new(cold, new Refusal(reason, partition, detail), IsCommitted: false);

        if (last is not null && !string.Equals(last.TopicId, topic.TopicId, StringComparison.Ordinal))
        {
            return Refuse(RefusalReason.ChannelIdentity, bounds.Start,
                $"the topic was created again (id {topic.TopicId}, the audit chain has {last.TopicId}): its offsets mean other records. Set OnLostState=cold, or use another TopicPrefix");
        }

        if (last is not null && last.PartitionCount != topic.PartitionCount)
        {
            return new(committed ?? last.To, CountChanged(partition, topic.PartitionCount, last.PartitionCount), IsCommitted: false);
        }

        if (committed is null && (last is not null || snapshots.Count > 0))
        {
            return Refuse(RefusalReason.OffsetMissing, last?.To ?? bounds.End, last is null
                ? $"the group has no committed offset and the audit chain no link, but a snapshot stands at {snapshots[0].Offset}: set the group's offset to {bounds.Start} with kafka-consumer-groups if the broker undid the first transaction (docs/deploy.md, Hanging transactions), to {snapshots[0].Offset} if offsets and chain were deleted, or set OnLostState=cold"
                : $"the group has no committed offset, but the audit chain ends at {last.To}: set the group's offset to it with kafka-consumer-groups, or set OnLostState=cold");
        }

        var at = committed ?? bounds.Start;
        if (at > bounds.End)
        {
            return Refuse(RefusalReason.LogTruncated, bounds.End,
                $"the committed offset {at} lies past the topic's end {bounds.End}: the broker lost records (unclean leader election?). Set OnLostState=cold to go on from the end");
        }

        if (last is null || at == last.To)
        {
            return new(at, null, IsCommitted: committed is not null);
        }

        return at < last.To
            ? Refuse(RefusalReason.OffsetRewound, last.To,
                $"the committed offset {at} lies before {last.To}, up to which alerts were published: going on would publish them again. Set the group's offset back to {last.To}; to look at old data again use tidewatch replay")
            : Refuse(RefusalReason.AuditBreak, at,
                $"the committed offset {at} lies past {last.To}, where the audit chain ends: records {last.To} to {at - 1} were skipped. Set the group's offset to {last.To}, or set OnLostState=cold");
    }

    /// <summary>The topic lost records below the committed offset, and others may have taken their places: those were never judged.</summary>
    public static PartitionStanding Replaced(InputPartition partition, ProgressRecord last) => new(last.To, new Refusal(RefusalReason.LogTruncated, partition,
        $"at offset {last.To - 1} no longer stands the record that was judged last (leader epoch {last.LastRecord?.LeaderEpoch}, timestamp {last.LastRecord?.TimestampMs}): the broker lost records (unclean leader election?), and those now in their places were not judged. Set OnLostState=cold to go on from {last.To}"), IsCommitted: false);

    /// <summary>A replay cannot get past a record that was judged when it was live.</summary>
    public static Refusal Deadly(InputPartition partition, long offset, int deaths, long committed) => new(RefusalReason.DeadlyReplay, partition,
        $"the process died {deaths} times while it replayed offset {offset}, which was judged when it was live: left out, the state would be another. Run the version, and give it the memory, with which it was judged, and report it with this record; or set OnLostState=cold to begin anew at {committed} with marked alerts");

    /// <summary>The topic has another number of partitions than the state was made with.</summary>
    public static Refusal CountChanged(InputPartition partition, int now, int before) => new(RefusalReason.PartitionCount, partition,
        $"the topic has {now} partitions, the state was made with {before}: series have moved between partitions. Use a topic with {before}, or set OnLostState=cold");
}
