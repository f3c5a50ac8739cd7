namespace Tidewatch.Simulation.Model;

/// <summary>One transaction of one producer epoch: its state decides which of its records anyone sees.</summary>
public sealed class ModelTransaction(string id, int epoch)
{
    private readonly HashSet<ModelLog> _logs = [];

    public string Id { get; } = id;

    public int Epoch { get; } = epoch;

    public TransactionState State { get; private set; }

    /// <summary>Virtual time at which it was begun, Unix milliseconds.</summary>
    public long BegunMs { get; init; }

    /// <summary>Group offsets that become visible with the commit.</summary>
    public Dictionary<(string Group, string Topic, int Partition), long> Offsets { get; } = [];

    /// <summary>Logs that get a control marker when it ends.</summary>
    public IReadOnlyCollection<ModelLog> Logs => _logs;

    public void Touch(ModelLog log) => _logs.Add(log);

    public void End(bool commit, long nowMs)
    {
        State = commit ? TransactionState.Committed : TransactionState.Aborted;
        foreach (var log in _logs)
        {
            log.AppendControl(this, nowMs);
        }
    }
}

public enum TransactionState
{
    Open,
    Committed,
    Aborted,
}
