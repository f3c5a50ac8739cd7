namespace Tidewatch.Simulation.Model;

/// <summary>As much of Kafka as the state protocol rests on: logs with control markers and a last stable offset, transactions with epochs, a group with generations.</summary>
/// <remarks>Single-threaded: the scheduler lets one party run at a time. Time is the scheduler's.</remarks>
public sealed class ModelBroker
{
    private readonly SortedDictionary<(string Topic, int Partition), ModelLog> _logs = [];
    private readonly List<(string Topic, int Partition)> _inputs = [];

    public ModelBroker()
    {
        Transactions = new ModelCoordinator(this);
        Groups = new ModelGroups(this);
    }

    /// <summary>Virtual time, Unix milliseconds.</summary>
    public long NowMs { get; set; } = 1_700_000_000_000;

    public ModelCoordinator Transactions { get; }

    public ModelGroups Groups { get; }

    /// <summary>Partitions that the group's members share.</summary>
    public IReadOnlyList<(string Topic, int Partition)> InputPartitions => _inputs;

    public ModelLog Log(string topic, int partition)
    {
        if (!_logs.TryGetValue((topic, partition), out var log))
        {
            _logs[(topic, partition)] = log = new ModelLog(topic, partition);
        }

        return log;
    }

    public void AddInput(string topic, int partitions)
    {
        for (var p = 0; p < partitions; p++)
        {
            Log(topic, p);
            _inputs.Add((topic, p));
        }
    }

    /// <summary>Every record of a topic that a read_committed reader sees now.</summary>
    public IEnumerable<ModelRecord> Visible(string topic) => _logs.Where(l => string.Equals(l.Key.Topic, topic, StringComparison.Ordinal)).SelectMany(l => l.Value.Visible());
}
