using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Simulation;

/// <summary>What a run is made from: the same plan gives the same run to the last step.</summary>
/// <param name="Seed">Of every choice.</param>
/// <param name="Sabotage">What is broken on purpose.</param>
/// <param name="Records">Input records.</param>
/// <param name="Partitions">Input partitions.</param>
/// <param name="Members">Detector processes.</param>
/// <param name="MaxFaults">Faults injected at most: what shrinking lowers.</param>
public sealed record SimulationPlan(ulong Seed, Sabotage Sabotage = Sabotage.None, int Records = 120, int Partitions = 2, int Members = 2, int MaxFaults = 12)
{
    /// <summary>Whether leaders are elected that lack acknowledged records. A partition may then be refused as LOG_TRUNCATED: that keeps the promise.</summary>
    public bool IsUnclean { get; init; } = Sabotage is Sabotage.ForgetLastRecord;

    /// <summary>Whether producers write nothing more after an unclean election, so that a log stays shorter than what was committed: every third plan.</summary>
    public bool FallsSilent { get; init; } = Seed % 3 == 0 && Sabotage is Sabotage.None;

    /// <summary>Whether some records end each process that replays them, though they passed while they were live. A partition may then be refused as DEADLY_REPLAY.</summary>
    public bool DiesInReplay { get; init; } = Sabotage is Sabotage.ForgetDeaths;

    /// <summary>Whether refusing for this reason keeps the promise.</summary>
    public bool Allows(RefusalReason reason) => (IsUnclean && reason == RefusalReason.LogTruncated) || (DiesInReplay && reason == RefusalReason.DeadlyReplay);

    /// <summary>Whether members come back with other settings: every other plan.</summary>
    public bool Reconfigures { get; init; } = Seed % 2 == 0 || Sabotage is Sabotage.ForgetConfig or Sabotage.SnapshotOfUncommittedSwitch;

    public override string ToString() => $"seed {Seed}, sabotage {Sabotage}, {Records} records, {Partitions} partitions, {Members} members, at most {MaxFaults} faults";
}
