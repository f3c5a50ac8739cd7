using System.Buffers;

namespace Tidewatch.Contracts.Processing;

/// <summary>The state of one input partition and what a record does to it: a pure function of the records, in order (invariant I1).</summary>
public interface IPartitionProcessor
{
    /// <summary>Version of the state's bytes and mathematics; a change of either is a new version.</summary>
    int EngineVersion { get; }

    /// <summary>Series held.</summary>
    int SeriesCount { get; }

    /// <summary>Hash of the configuration that decides about state and emissions.</summary>
    ulong ConfigHash { get; }

    /// <summary>That configuration as text, from which <see cref="Configure"/> makes it again; without secrets.</summary>
    string Settings { get; }

    /// <summary>True after a start without the state that should have been there: alerts say so.</summary>
    bool IsCold { get; set; }

    /// <summary>Applies one record. A thrown exception is a bug or a poison record, never an outage.</summary>
    void Apply(in InputRecord record, IPartitionOutput output);

    /// <summary>Puts another configuration in force for the records to come, between transactions. What the change leaves of the state is a function of both configurations. Throws for a text that makes none here, and has then changed nothing.</summary>
    void Configure(string settings);

    /// <summary>Begins a transaction: from here pre-images of touched series are kept.</summary>
    void Begin();

    /// <summary>The transaction was committed: pre-images are dropped.</summary>
    void Commit();

    /// <summary>The transaction was aborted: every touched series is as it was at <see cref="Begin"/>.</summary>
    void Rollback();

    /// <summary>Hash of the whole state, independent of iteration order.</summary>
    ulong StateHash();

    /// <summary>Writes a segment of the state in a fixed order: what concerns the partition as a whole, and the series that <paramref name="request"/> asks for.</summary>
    SegmentExtent Save(IBufferWriter<byte> writer, in SegmentRequest request);

    /// <summary>Replaces the state by <paramref name="segments"/>, oldest first; throws for bytes that Save did not write.</summary>
    /// <remarks>A later <see cref="Apply"/> passes over what is in the state already: for a series the records before the stamp of the segment that it was last in, for the partition as a whole those before the last segment's.</remarks>
    void Load(IReadOnlyList<StateSegment> segments);
}
