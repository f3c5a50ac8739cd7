using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;
using Tidewatch.Kafka.Partitions.Marks;

namespace Tidewatch.Kafka.Partitions;

/// <summary>One owned partition: its processor, how far it is committed, and what the running transaction did to it.</summary>
public sealed class PartitionTask(InputPartition partition, PartitionIdentity identity, IPartitionProcessor processor, long committed, long epoch, bool hasCommitted = true)
{
    private bool _touched;
    private int _records;
    private int _alerts;
    private int _rejected;
    private int _configured;
    private ulong _alertIds;
    private SortedSet<long> _skips = [];
    private SortedSet<long> _skipped = [];
    private RecordStamp? _lastCommitted;

    public InputPartition Partition => partition;

    public PartitionIdentity Identity => identity;

    public IPartitionProcessor Processor => processor;

    /// <summary>C: everything below was applied and emitted by committed transactions.</summary>
    public long Committed { get; private set; } = committed;

    /// <summary>False until the group has a committed offset here: a snapshot before that would be of a future that nobody committed (I2).</summary>
    public bool HasCommitted { get; private set; } = hasCommitted;

    /// <summary>One past the last offset applied.</summary>
    public long Next { get; private set; } = committed;

    /// <summary>The record below <see cref="Next"/>; null when that is not known.</summary>
    public RecordStamp? LastRecord { get; private set; }

    /// <summary>The record below <see cref="Committed"/>, as the chain has it.</summary>
    public RecordStamp? LastCommitted
    {
        init => (LastRecord, _lastCommitted) = (value, value);
    }

    /// <summary>Fencing token of this ownership.</summary>
    public long Epoch => epoch;

    /// <summary>True until the state at <see cref="Committed"/> is rebuilt: records below it are applied in silence.</summary>
    public bool IsReplaying { get; set; }

    /// <summary>The first link after a cold start says so.</summary>
    public bool IsColdLink { get; set; }

    /// <summary>The tier and the snapshot that the state was loaded from; null where there was none.</summary>
    public (string Tier, SnapshotManifest Manifest)? Origin { get; init; }

    /// <summary>The snapshot that the next one of its tier can build on; null where the configuration changed since: a snapshot is of one.</summary>
    public (string Tier, SnapshotManifest Manifest)? Base => Switches.Count == 0 ? Origin : null;

    /// <summary>Configurations of the state, today's last.</summary>
    public ConfigHistory Configs { get; init; } = ConfigHistory.Begun(0, identity.ConfigHash);

    /// <summary>Configurations that come into force up to <see cref="Committed"/>, in order.</summary>
    public IReadOnlyList<(long At, string Settings)> Switches { get; init; } = [];

    /// <summary>False until a transaction was committed under today's configuration, where that began here: until then nobody else knows of it, and no snapshot may show it (I2).</summary>
    public bool IsSettled => Configs.Last.From < Committed || Committed == 0;

    /// <summary>Records applied in the running transaction.</summary>
    public bool IsTouched => _touched;

    /// <summary>Records that made the processor throw, by offset and leader epoch, with the attempts so far; they become dead letters when the attempts are used up.</summary>
    public Dictionary<(long Offset, int LeaderEpoch), int> Poison { get; } = [];

    /// <summary>Which record is in hand, for a later process to find should this one die on it.</summary>
    public ICrashMark Mark { get; set; } = NoCrashMarks.Instance;

    /// <summary>Records on which the process died until it left them out: they are in no state, and every replay leaves them out. Carried on from link to link.</summary>
    public IEnumerable<long> Skipped
    {
        init => (_skipped, _skips) = ([.. value], [.. value]);
    }

    /// <summary>Whether a replay must leave the record out.</summary>
    public bool Skips(long offset) => _skipped.Contains(offset);

    /// <summary>Whether the running transaction leaves a record out.</summary>
    public bool IsSkipping => _skips.Count > _skipped.Count;

    /// <summary>Leaves a record out for good, if the running transaction is committed.</summary>
    public void Skip(long offset) => _skips.Add(offset);

    /// <summary>Puts in force what is to be in force for the record at <paramref name="offset"/>; everything below must have been applied.</summary>
    public void Configure(long offset)
    {
        for (; _configured < Switches.Count && Switches[_configured].At <= offset; _configured++)
        {
            processor.Configure(Switches[_configured].Settings);
        }
    }

    public void Begin()
    {
        if (!_touched)
        {
            _touched = true;
            processor.Begin();
        }
    }

    /// <summary>Counts an input record.</summary>
    public void Applied(in InputRecord record)
    {
        _records++;
        Next = record.Offset + 1;
        LastRecord = new RecordStamp(record.LeaderEpoch, record.TimestampMs);
    }

    public void Alerted(string id)
    {
        _alerts++;
        _alertIds ^= AlertIdentity.Fold(id);
    }

    public void Rejected() => _rejected++;

    /// <summary>The link of the running transaction.</summary>
    public ProgressRecord Link(string owner, bool withHash) => new()
    {
        Topic = identity.Topic,
        TopicId = identity.TopicId,
        Partition = identity.Partition,
        PartitionCount = identity.PartitionCount,
        From = Committed,
        To = Next,
        Records = _records,
        Alerts = _alerts,
        AlertIdsXor = _alertIds,
        Rejected = _rejected,
        ConfigHash = identity.ConfigHash,
        Configs = Configs.Recorded,
        StateHash = withHash ? processor.StateHash() : null,
        EngineVersion = identity.EngineVersion,
        Owner = owner,
        ColdStart = IsColdLink,
        Skipped = _skips.Count == 0 ? null : [.. _skips],
        LastRecord = LastRecord,
    };

    public void Commit()
    {
        processor.Commit();
        (Committed, HasCommitted, IsColdLink) = (Next, true, false);
        Poison.Clear();
        (_skipped, _lastCommitted) = ([.. _skips], LastRecord);
        Clear();
    }

    public void Rollback()
    {
        processor.Rollback();
        (Next, LastRecord) = (Committed, _lastCommitted);
        _skips = [.. _skipped];
        Clear();
    }

    private void Clear()
    {
        _touched = false;
        (_records, _alerts, _rejected, _alertIds) = (0, 0, 0, 0);
    }
}
