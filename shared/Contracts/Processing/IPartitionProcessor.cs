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

    /// <summary>True after a start without the state that should have been there: alerts say so.</summary>
    bool IsCold { get; set; }

    /// <summary>Applies one record. A thrown exception is a bug or a poison record, never an outage.</summary>
    void Apply(in InputRecord record, IPartitionOutput output);

    /// <summary>Begins a transaction: from here pre-images of touched series are kept.</summary>
    void Begin();

    /// <summary>The transaction was committed: pre-images are dropped.</summary>
    void Commit();

    /// <summary>The transaction was aborted: every touched series is as it was at <see cref="Begin"/>.</summary>
    void Rollback();

    /// <summary>Hash of the whole state, independent of iteration order.</summary>
    ulong StateHash();

    /// <summary>Writes the whole state in a fixed order.</summary>
    void Save(IBufferWriter<byte> writer);

    /// <summary>Replaces the state; throws for bytes that Save did not write.</summary>
    void Load(ReadOnlySpan<byte> state);
}
