using Tidewatch.Contracts;

namespace Tidewatch.Kafka.Audit;

/// <summary>Holds the progress chain of one partition against an offline run over the same records: the alerts of every link, and the state where a link carries its hash. Pure.</summary>
/// <param name="chain">The partition's links in order; those before the run's first record are left out.</param>
/// <param name="configHash">Hash of the rules that the offline run has.</param>
public sealed class ReplayAuditor(IEnumerable<ProgressRecord> chain, ulong configHash)
{
    private readonly Queue<ProgressRecord> _chain = new(chain);
    private (int Count, ulong Xor) _alerts;

    /// <summary>Links compared.</summary>
    public int Links { get; private set; }

    /// <summary>State hashes compared.</summary>
    public int Hashes { get; private set; }

    /// <summary>The first difference; null while there is none.</summary>
    public AuditBreak? Break { get; private set; }

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
        Links++;
        Break ??= Difference(link, stateHash);
        _alerts = default;
    }

    private AuditBreak? Difference(ProgressRecord link, Func<ulong> stateHash)
    {
        AuditBreak Differs(AuditBreakKind kind, string detail) => new(kind, link.Topic, link.Partition, link.From, $"offsets {link.From} to {link.To - 1}: {detail}");

        if (link.ConfigHash != configHash)
        {
            return Differs(AuditBreakKind.State, "the detector ran with other settings: give its own with --set, or in the environment as it has them");
        }

        if (link.Alerts != _alerts.Count || link.AlertIdsXor != _alerts.Xor)
        {
            return Differs(AuditBreakKind.Count, $"{_alerts.Count} alerts offline, {link.Alerts} in the link, or others");
        }

        if (link.StateHash is not { } hash)
        {
            return null;
        }

        Hashes++;
        return stateHash() is var offline && offline == hash ? null : Differs(AuditBreakKind.State, $"state {offline:x16} offline, {hash:x16} in the link");
    }
}
