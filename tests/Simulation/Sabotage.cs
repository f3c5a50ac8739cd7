namespace Tidewatch.Simulation;

/// <summary>Ways to break the protocol on purpose: the oracle must catch each.</summary>
public enum Sabotage
{
    None,

    /// <summary>Alerts of replayed records are published again.</summary>
    EmitDuringReplay,

    /// <summary>A snapshot of applied but uncommitted records is kept under the committed offset.</summary>
    SnapshotBeforeCommit,

    /// <summary>An abort leaves the state as it is.</summary>
    SkipRestore,

    /// <summary>A missing committed offset counts as 0.</summary>
    MissingOffsetIsZero,

    /// <summary>The reader's position is committed, one record ahead of the work.</summary>
    CommitPosition,

    /// <summary>The time of processing goes into the state.</summary>
    WallClock,

    /// <summary>Snapshots are not fenced, and retention is short.</summary>
    DropFencing,

    /// <summary>A reduction goes over a dictionary in its order of insertion.</summary>
    DictionaryOrder,

    /// <summary>Dead letters are not written.</summary>
    SwallowDeadLetter,

    /// <summary>Replay applies records that were left out because the process dies on them.</summary>
    ForgetSkipped,

    /// <summary>Nobody looks whether the last record judged still stands on a log that lost its end and grew again.</summary>
    ForgetLastRecord,

    /// <summary>Replay applies a record to a series that holds it already.</summary>
    IgnoreStamps,

    /// <summary>Nobody counts the deaths on a record.</summary>
    ForgetDeaths,

    /// <summary>The parts of a state that are there so far are taken for all of it.</summary>
    LoadParts,

    /// <summary>Replay applies observations alone, no corrections.</summary>
    ForgetCorrections,

    /// <summary>Replay ends where nothing more is to be read right now.</summary>
    EndReplayEarly,

    /// <summary>Replay applies every record under today's settings.</summary>
    ForgetConfig,

    /// <summary>A state under settings that no committed transaction knows of is kept under those that are in force.</summary>
    SnapshotOfUncommittedSwitch,
}
