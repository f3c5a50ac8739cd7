namespace Tidewatch.Kafka.Partitions;

/// <summary>How a process works on its share of the input partitions.</summary>
public sealed record LoopOptions
{
    /// <summary>Consumer group, with the topic prefix.</summary>
    public required string Group { get; init; }

    /// <summary>Name of this process within the group, the same after a restart.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Input topics by their full names.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Time between two commits; default 250 ms.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the broker lets a transaction stay open before it aborts it and fences its producer; default 15 s. At half of it the loop ends a transaction itself, whatever it is at.</summary>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Records after which a transaction is committed early; default 200,000.</summary>
    public int MaxTransactionRecords { get; init; } = 200_000;

    /// <summary>Time between two snapshots of a partition to the fast tier; default 15 s.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between two snapshots of a partition to the durable tier; default 5 min.</summary>
    public TimeSpan DurableInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of changed series that one snapshot writes at most; the others wait for the next, which makes a replay longer. Default 16 MiB.</summary>
    public long SnapshotBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Time between two looks at how far retention is from what a replay needs; default 30 s.</summary>
    public TimeSpan RetentionInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two looks at whether every input partition has an owner; default 10 s.</summary>
    public TimeSpan OwnerInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a missing committed offset is asked for again before it counts as missing; default 10 s.</summary>
    public TimeSpan OffsetDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts at a record that makes the processor throw, or deaths of the process on it, before it becomes a dead letter; default 3.</summary>
    public int PoisonAttempts { get; init; } = 3;

    /// <summary>Folder that outlives the process, for the file that names the record in hand; default the system's for temporary files.</summary>
    public string MarksDirectory { get; init; } = Path.GetTempPath();

    /// <summary>True to begin from nothing, with marked alerts, where the state cannot be rebuilt; false (default) to refuse.</summary>
    public bool ColdOnLostState { get; init; }
}
