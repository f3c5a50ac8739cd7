namespace Tidewatch.Kafka.Partitions;

/// <summary>Why a partition is not worked on: going on would break the promise. Nothing is emitted past it.</summary>
/// <param name="Reason">The name to search for.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Detail">The figures, and what to do.</param>
public sealed record Refusal(RefusalReason Reason, InputPartition Partition, string Detail)
{
    public override string ToString() => $"{Name(Reason)} {Partition}: {Detail}";

    /// <summary>The reason as it stands in logs, metrics and the documentation: <c>RETENTION_GAP</c>.</summary>
    public static string Name(RefusalReason reason) => reason switch
    {
        RefusalReason.RetentionGap => "RETENTION_GAP",
        RefusalReason.OffsetMissing => "OFFSET_MISSING",
        RefusalReason.OffsetRewound => "OFFSET_REWOUND",
        RefusalReason.ChannelIdentity => "CHANNEL_IDENTITY",
        RefusalReason.PartitionCount => "PARTITION_COUNT",
        RefusalReason.LogTruncated => "LOG_TRUNCATED",
        RefusalReason.AuditBreak => "AUDIT_BREAK",
        RefusalReason.DeadlyReplay => "DEADLY_REPLAY",
        _ => "COMPACTED_INPUT",
    };
}

/// <summary>The named refusals.</summary>
public enum RefusalReason
{
    /// <summary>Records between the snapshot and the committed offset are no longer on the topic.</summary>
    RetentionGap,

    /// <summary>The group has no committed offset although it has worked on this partition before.</summary>
    OffsetMissing,

    /// <summary>The committed offset lies before what the group has already emitted.</summary>
    OffsetRewound,

    /// <summary>The topic was created again: its offsets mean other records.</summary>
    ChannelIdentity,

    /// <summary>The topic has another number of partitions: series have moved.</summary>
    PartitionCount,

    /// <summary>The topic lost records that were judged: it ends before the committed offset, or other records stand below it.</summary>
    LogTruncated,

    /// <summary>The audit chain does not end at the committed offset.</summary>
    AuditBreak,

    /// <summary>Processes die on a record that was judged and committed when it was live: without it the state would be another.</summary>
    DeadlyReplay,

    /// <summary>The input topic is compacted: a replay would not see every record.</summary>
    CompactedInput,
}
