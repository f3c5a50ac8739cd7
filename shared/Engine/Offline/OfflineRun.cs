using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;

namespace Tidewatch.Engine.Offline;

/// <summary>What one partition's records cause by themselves: the detector's own engine over them, in order, without Kafka, snapshots or faults.</summary>
/// <remarks>Records are applied in small transactions. A record that makes the engine throw is undone with its transaction and left out of the second attempt, as the partition loop does.</remarks>
public sealed class OfflineRun : IPartitionOutput
{
    private const int TransactionRecords = 1_000;
    private readonly SeriesEngine _engine;
    private readonly List<OfflineRecord> _transaction = [];
    private readonly HashSet<long> _poison;
    private readonly List<Alert> _alerts = [];
    private readonly List<(long Offset, string Code)> _rejections = [];
    private long _offset;

    /// <param name="scope">The partition: what alert ids are made of.</param>
    /// <param name="rules">The settings under which the live detector began.</param>
    /// <param name="skipped">Offsets of records that the live detector died on and left out; null for none.</param>
    public OfflineRun(EngineScope scope, EngineRules rules, IEnumerable<long>? skipped = null) => (_engine, _poison) = (new SeriesEngine(scope, rules), [.. skipped ?? []]);

    /// <summary>Given each alert, in order, once its transaction is complete.</summary>
    public Action<Alert>? OnAlert { get; init; }

    /// <summary>Given the offset and the reason (<see cref="RejectCode"/>) of each record that the detector makes a dead letter.</summary>
    public Action<long, string>? OnRejected { get; init; }

    /// <summary>Records applied.</summary>
    public long Records { get; private set; }

    public int SeriesCount => _engine.SeriesCount;

    /// <summary>What was seen so far.</summary>
    public EngineCounters Counters => _engine.Counters;

    bool IPartitionOutput.IsLive => true;

    /// <summary>Applies the next record; offsets must rise.</summary>
    public void Apply(OfflineRecord record)
    {
        if (_transaction.Count == 0)
        {
            _engine.Begin();
        }

        _transaction.Add(record);
        Records++;
        if (!TryApply(record))
        {
            ApplyAgain();
        }

        if (_transaction.Count == TransactionRecords)
        {
            Complete();
        }
    }

    /// <summary>Puts other settings in force for the records to come, as the detector did at the offset that the chain names.</summary>
    public void Configure(EngineRules rules)
    {
        Complete();
        _engine.Configure(rules);
    }

    /// <summary>Hands out what is still held back.</summary>
    public void Complete()
    {
        if (_transaction.Count > 0)
        {
            _engine.Commit();
        }

        _alerts.ForEach(a => OnAlert?.Invoke(a));
        _rejections.ForEach(r => OnRejected?.Invoke(r.Offset, r.Code));
        _transaction.Clear();
        Clear();
    }

    /// <summary>Completes, and hashes the state: the figure that the progress records carry.</summary>
    public ulong StateHash()
    {
        Complete();
        return _engine.StateHash();
    }

    void IPartitionOutput.Emit(Alert alert) => _alerts.Add(alert);

    void IPartitionOutput.Emit(ScorePoint point)
    {
        // Score points are no part of the promise.
    }

    void IPartitionOutput.Reject(string stage, string code, string message) => _rejections.Add((_offset, code));

    private bool TryApply(OfflineRecord record)
    {
        _offset = record.Offset;
        if (_poison.Contains(_offset))
        {
            _rejections.Add((_offset, RejectCode.Poison));
            return true;
        }

        try
        {
            _engine.Apply(new InputRecord(record.Offset, record.TimestampMs, record.Key, record.Value), this);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _poison.Add(_offset);
            return false;
        }
    }

    /// <summary>Each attempt leaves one more record out, so there is an end to it.</summary>
    private void ApplyAgain()
    {
        do
        {
            _engine.Rollback();
            _engine.Begin();
            Clear();
        }
        while (!_transaction.TrueForAll(TryApply));
    }

    private void Clear()
    {
        _alerts.Clear();
        _rejections.Clear();
    }
}
