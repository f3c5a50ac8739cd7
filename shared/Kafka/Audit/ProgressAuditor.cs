using Tidewatch.Contracts;

namespace Tidewatch.Kafka.Audit;

/// <summary>Holds the progress chain against itself and against the alerts that were really published. Pure: give it what was read, ask for the breaks, or settle what is complete from time to time.</summary>
/// <remarks>The first link seen of a partition is where its chain begins: older ones may have been compacted away.</remarks>
public sealed class ProgressAuditor
{
    private readonly Dictionary<(string Topic, int Partition), PartitionChain> _chains = [];

    /// <summary>Links seen.</summary>
    public int Links { get; private set; }

    /// <summary>Alerts seen.</summary>
    public int Alerts { get; private set; }

    /// <summary>Takes the next link, in the order of the progress topic.</summary>
    public void Add(ProgressRecord link)
    {
        Links++;
        ChainOf(link.Topic, link.Partition).Links.Add(link);
    }

    /// <summary>Takes an alert as a read_committed reader saw it; one without source is not counted.</summary>
    public void Add(Alert alert)
    {
        if (alert.Source is { } source)
        {
            Alerts++;
            ChainOf(source.Topic, source.Partition).Alerts.Add((source.Offset, AlertIdentity.Fold(alert.Id)));
        }
    }

    /// <summary>The first break of each partition, ordered by topic and partition; empty when the chains are unbroken.</summary>
    public IReadOnlyList<AuditBreak> Breaks() => [.. Ordered().Select(c => c.Breaks().FirstOrDefault()).OfType<AuditBreak>()];

    /// <summary>Every break of what came since the last time, which is then forgotten. All alerts of the links so far must have been added; an alert of such a link that comes later is a break too.</summary>
    public IReadOnlyList<AuditBreak> Settle() => [.. Ordered().SelectMany(c => c.Settle())];

    private IEnumerable<PartitionChain> Ordered() => _chains.OrderBy(c => c.Key.Topic, StringComparer.Ordinal).ThenBy(c => c.Key.Partition).Select(c => c.Value);

    private PartitionChain ChainOf(string topic, int partition) =>
        _chains.TryGetValue((topic, partition), out var chain) ? chain : _chains[(topic, partition)] = new PartitionChain(topic, partition);
}
