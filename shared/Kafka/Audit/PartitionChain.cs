using Tidewatch.Contracts;

namespace Tidewatch.Kafka.Audit;

/// <summary>The links and alerts of one input partition that are still to be judged.</summary>
internal sealed class PartitionChain(string topic, int partition)
{
    /// <summary>Where the chain begins: alerts of earlier offsets are of links that were not seen.</summary>
    private long? _begin;

    private ProgressRecord? _settled;

    /// <summary>In the order of the progress topic.</summary>
    public List<ProgressRecord> Links { get; } = [];

    /// <summary>In any order.</summary>
    public List<(long Offset, ulong Fold)> Alerts { get; } = [];

    /// <summary>Everything that does not hold, in order.</summary>
    public IEnumerable<AuditBreak> Breaks()
    {
        var begin = _begin ?? Links.FirstOrDefault()?.From;
        Alerts.Sort();
        var next = First(a => a.Offset >= begin);
        if (JudgedTo is { } judged)
        {
            if (next < Alerts.Count && Alerts[next].Offset < judged)
            {
                yield return new(AuditBreakKind.Count, topic, partition, Alerts[next].Offset, $"an alert of offset {Alerts[next].Offset} came after the link that covers it");
            }

            next = First(a => a.Offset >= judged);
        }

        var previous = _settled;
        foreach (var link in Links)
        {
            if (Joint(previous, link) is { } broken)
            {
                yield return broken;
            }

            var (count, xor) = (0, 0UL);
            for (; next < Alerts.Count && Alerts[next].Offset < link.To; next++, count++)
            {
                xor ^= Alerts[next].Fold;
            }

            if (Content(link, count, xor) is { } wrong)
            {
                yield return wrong;
            }

            previous = link;
        }
    }

    /// <summary>Everything that does not hold; what was judged is forgotten.</summary>
    public IReadOnlyList<AuditBreak> Settle()
    {
        var breaks = Breaks().ToList();
        if (Links.Count > 0)
        {
            _begin ??= Links[0].From;
            _settled = Links[^1];
            Links.Clear();
        }

        Alerts.RemoveAll(a => a.Offset < _settled?.To);
        return breaks;
    }

    /// <summary>Up to where links were judged; null when none was, or when the next is of a topic that was created again.</summary>
    private long? JudgedTo => Links is [var next, ..] && !string.Equals(next.TopicId, _settled?.TopicId, StringComparison.Ordinal) ? null : _settled?.To;

    private int First(Predicate<(long Offset, ulong Fold)> isMeant) => Alerts.FindIndex(isMeant) is >= 0 and var found ? found : Alerts.Count;

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
}
