using System.ComponentModel.DataAnnotations;
using Tidewatch.Engine.Settings;

namespace Tidewatch.Detector.Settings;

/// <summary>Section <c>Detector</c>: what judges which series, what is read, and how state is kept.</summary>
public sealed record DetectorSettings : EngineSettings
{
    /// <summary>How members of the group are told apart and noticed when they are gone.</summary>
    public enum MemberProtocol
    {
        /// <summary>Cooperative-sticky with static membership: a killed process has its partitions back at once.</summary>
        Classic,

        /// <summary>KIP-848 where the broker has it, else classic.</summary>
        Consumer,
    }

    /// <summary>What a partition does whose state cannot be rebuilt.</summary>
    public enum LostStatePolicy
    {
        /// <summary>The partition stops with a named reason.</summary>
        Refuse,

        /// <summary>It starts from nothing and marks its alerts as cold.</summary>
        Cold,
    }

    /// <summary>Domains whose observations are read; empty (default) for all of this suite's.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Further input topics by their full names; empty by default.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Consumer group; default <c>detector</c>.</summary>
    [RegularExpression("[a-zA-Z0-9._-]{1,200}")]
    public string Group { get; init; } = "detector";

    /// <summary>Name of this process within the group, the same after a restart; null (default) takes the host's name.</summary>
    [RegularExpression("[a-zA-Z0-9._-]{1,200}")]
    public string? InstanceId { get; init; }

    /// <summary>How long a silent process keeps its partitions, 1 s to 5 min; default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Time between two transactions, 10 ms to 10 s; default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Time between two snapshots of a partition, 1 s to 1 h; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of changed series that one snapshot of a partition writes at most, 64 KiB to 2 GiB; default 16 MiB. What does not fit waits for the next one, and a restart replays it.</summary>
    [Range(65_536, 2_147_483_648)]
    public long SnapshotBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Folder that outlives the process, for a small file that names the record in hand: a record that ends the process three times in a row becomes a dead letter. Null (default) takes the system's folder for temporary files.</summary>
    public string? MarksDirectory { get; init; }

    /// <summary>Group protocol: classic (default) or consumer.</summary>
    public MemberProtocol GroupProtocol { get; init; } = MemberProtocol.Classic;

    /// <summary>What happens when a partition's state cannot be rebuilt: refuse (default) or cold.</summary>
    public LostStatePolicy OnLostState { get; init; } = LostStatePolicy.Refuse;
}
