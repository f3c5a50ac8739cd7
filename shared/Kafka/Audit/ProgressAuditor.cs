using Tidewatch.Contracts;

namespace Tidewatch.Kafka.Audit;

/// <summary>Holds the progress chain against itself and against the alerts that were really published. Pure: give it what was read, ask for the breaks.</summary>
/// <remarks>The first link seen of a partition is where its chain begins: older ones may have been compacted away.</remarks>
public sealed class ProgressAuditor
{
    private readonly Dictionary<(string Topic, int Partition), List<ProgressRecord>> _chains = [];
    private readonly Dictionary<(string Topic, int Partition), List<(long Offset, ulong Fold)>> _alerts = [];

    /// <summary>Links seen.</summary>
    public int Links { get; private set; }

    /// <summary>Alerts seen.</summary>
    public int Alerts { get; private set; }

    /// <summary>Takes the next link, in the order of the progress topic.</summary>
    public void Add(ProgressRecord link)
    {
        Links++;
        Of(_chains, (link.Topic, link.Partition)).Add(link);
    }

    /// <summary>Takes an alert as a read_committed reader saw it; one without source is not counted.</summary>
    public void Add(Alert alert)
    {
        if (alert.Source is { } source)
        {
            Alerts++;
            Of(_alerts, (source.Topic, source.Partition)).Add((source.Offset, AlertIdentity.Fold(alert.Id)));
        }
    }

    /// <summary>The first break of each partition, ordered by topic and partition; empty when the chains are unbroken.</summary>
    public IReadOnlyList<AuditBreak> Breaks() =>
        [.. _chains.OrderBy(c => c.Key.Topic, StringComparer.Ordinal).ThenBy(c => c.Key.Partition).Select(c => FirstBreak(c.Key, c.Value)).OfType<AuditBreak>()];

    private AuditBreak? FirstBreak((string Topic, int Partition) partition, List<ProgressRecord> chain)
    {
        var alerts = _alerts.GetValueOrDefault(partition) ?? [];
        alerts.Sort();
        var next = alerts.FindIndex(a => a.Offset >= chain[0].From);
        next = next < 0 ? alerts.Count : next;
        ProgressRecord? previous = null;
        foreach (var link in chain)
        {
            if (Joint(previous, link) is { } broken)
            {
                return broken;
            }

            var (count, xor) = (0, 0UL);
            for (; next < alerts.Count && alerts[next].Offset < link.To; next++, count++)
            {
                xor ^= alerts[next].Fold;
            }

            if (Content(link, count, xor) is { } wrong)
            {
                return wrong;
            }

            previous = link;
        }

        return null;
    }

    private static AuditBreak? Joint(ProgressRecord? previous, ProgressRecord link)
    {
        if (previous is null)
        {
            return null;
        }

        if (!string.Equals(previous.TopicId, link.TopicId, StringComparison.Ordinal))
        {
            return link.ColdStart ? null : new(AuditBreakKind.Identity, link.Topic, link.Partition, link.From, $"topic id {previous.TopicId} became {link.TopicId}");
        }

        return link.From == previous.To || link.ColdStart ? null
            : link.From > previous.To
                ? new(AuditBreakKind.Gap, link.Topic, link.Partition, previous.To, $"offsets {previous.To} to {link.From - 1} are in no transaction")
                : new(AuditBreakKind.Overlap, link.Topic, link.Partition, link.From, $"offsets {link.From} to {previous.To - 1} are in two transactions");
    }

    private static AuditBreak? Content(ProgressRecord link, int count, ulong xor)
    {
        if (count != link.Alerts)
        {
            return new(AuditBreakKind.Count, link.Topic, link.Partition, link.From, $"offsets {link.From} to {link.To - 1}: {count} alerts on the topic, {link.Alerts} in the link");
        }

        return xor == link.AlertIdsXor ? null
            : new(AuditBreakKind.Hash, link.Topic, link.Partition, link.From, $"offsets {link.From} to {link.To - 1}: {count} alerts, but not those of the link");
    }

    private static List<T> Of<T>(Dictionary<(string Topic, int Partition), List<T>> map, (string Topic, int Partition) key) =>
        map.TryGetValue(key, out var list) ? list : map[key] = [];
}
