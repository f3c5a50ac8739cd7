using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Audit;

/// <summary>Holds the progress chain of one partition against an offline run over the same records: the alerts of every link, and the state where a link carries its hash. Links of another life of the state, made anew under other settings, are left out; but one at least must be of the run's. Pure.</summary>
/// <param name="chain">The partition's links in order; those before the run's first record are left out.</param>
/// <param name="history">The settings that the offline run goes through.</param>
public sealed class ReplayAuditor(IEnumerable<ProgressRecord> chain, ConfigHistory history)
{
    private readonly Queue<ProgressRecord> _chain = new(chain);
    private (int Count, ulong Xor) _alerts;
    private AuditBreak? _break;
    private ProgressRecord? _other;

    /// <summary>Links compared.</summary>
    public int Links { get; private set; }

    /// <summary>Links left out because the detector had other settings then.</summary>
    public int Others { get; private set; }

    /// <summary>State hashes compared.</summary>
    public int Hashes { get; private set; }

    /// <summary>The first difference; null while there is none.</summary>
    public AuditBreak? Break => _break ?? (Links == 0 && _other is { } other
        ? Differs(other, AuditBreakKind.State, "the detector ran with other settings: give its own with --set, or in the environment as it has them") : null);

    /// <summary>The offset before which the run must be complete for <see cref="Reached"/>; null after the last link.</summary>
    public long? NextLink => _chain.TryPeek(out var link) ? link.To : null;

    /// <summary>The run begins here: links of earlier records say nothing about it.</summary>
    public void Begin(long offset)
    {
        while (_chain.TryPeek(out var link) && link.From < offset)
        {
            _chain.Dequeue();
        }
    }

    /// <summary>Takes an alert of the offline run.</summary>
    public void Add(Alert alert) => _alerts = (_alerts.Count + 1, _alerts.Xor ^ AlertIdentity.Fold(alert.Id));

    /// <summary>The run has applied everything below <see cref="NextLink"/>, and all its alerts were added.</summary>
    public void Reached(Func<ulong> stateHash)
    {
        var link = _chain.Dequeue();
        if (history.Covers(link))
        {
            Links++;
            _break ??= Difference(link, stateHash);
        }
        else
        {
            Others++;
            _other ??= link;
        }

        _alerts = default;
    }

    private AuditBreak? Difference(ProgressRecord link, Func<ulong> stateHash)
    {
        if (link.Alerts != _alerts.Count || link.AlertIdsXor != _alerts.Xor)
        {
            return Differs(link, AuditBreakKind.Count, $"{_alerts.Count} alerts offline, {link.Alerts} in the link, or others");
        }

        if (link.StateHash is not { } hash)
        {
            return null;
        }

        Hashes++;
        return stateHash() is var offline && offline == hash ? null : Differs(link, AuditBreakKind.State, $"state {offline:x16} offline, {hash:x16} in the link");
    }

    private static AuditBreak Differs(ProgressRecord link, AuditBreakKind kind, string detail) => new(kind, link.Topic, link.Partition, link.From, $"offsets {link.From} to {link.To - 1}: {detail}");
}
