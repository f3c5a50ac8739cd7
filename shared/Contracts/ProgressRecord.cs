using Tidewatch.Contracts.Processing;

namespace Tidewatch.Contracts;

/// <summary>One link of the audit chain: what one transaction did to one input partition. Published to <c>progress.v1</c> in that same transaction.</summary>
public sealed record ProgressRecord
{
    public required string Topic { get; init; }
    public required string TopicId { get; init; }
    public required int Partition { get; init; }

    /// <summary>Partitions the input topic had: another number means that series have moved.</summary>
    public required int PartitionCount { get; init; }

    /// <summary>First input offset covered; equals the previous link's <see cref="To"/>.</summary>
    public required long From { get; init; }

    /// <summary>One past the last input offset covered: the offset committed with it.</summary>
    public required long To { get; init; }

    /// <summary>Input records applied.</summary>
    public required int Records { get; init; }

    /// <summary>Alerts produced in the transaction for this partition.</summary>
    public required int Alerts { get; init; }

    /// <summary>XOR of the first 8 bytes of the alerts' ids, so that the auditor sees a missing or doubled one.</summary>
    public required ulong AlertIdsXor { get; init; }

    /// <summary>Records that became dead letters.</summary>
    public required int Rejected { get; init; }

    /// <summary>Hash of the detector configuration in force.</summary>
    public required ulong ConfigHash { get; init; }

    /// <summary>Which configuration the state went through, with the offset from which each was in force, the one of this link last; absent while it was one from offset 0 on. A single entry: the state was made anew from what was retained, or the entries before lie below the topic's first offset. A replay switches where these say. See <see cref="ConfigHistory"/>.</summary>
    public IReadOnlyList<ConfigEntry>? Configs { get; init; }

    /// <summary>Hash of the partition's whole state after <see cref="To"/>; absent on links that did not compute it.</summary>
    public ulong? StateHash { get; init; }

    public required int EngineVersion { get; init; }
    public required string Owner { get; init; }

    /// <summary>True for the first link after a start that policy allowed with state lost.</summary>
    public bool ColdStart { get; init; }

    /// <summary>Offsets of the records that ended the process each time they were applied, until they became dead letters: no state holds them, and a replay leaves them out. Each link repeats those of the link before that may still be on the input topic; absent when there are none.</summary>
    public IReadOnlyList<long>? Skipped { get; init; }

    /// <summary>The last record covered, at <see cref="To"/> - 1: whoever goes on from here looks whether it still stands there. Absent on links of earlier versions.</summary>
    public RecordStamp? LastRecord { get; init; }
}
