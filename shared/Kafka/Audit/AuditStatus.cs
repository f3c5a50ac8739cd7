using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tidewatch.Kafka.Audit;

/// <summary>What the running audit found: its metrics on the meter <c>Tidewatch</c>, and its health check. A break is no reason to restart anything: it never makes a process unhealthy.</summary>
public sealed class AuditStatus : IHealthCheck
{
    private readonly Counter<long> _breaks;
    private readonly Counter<long> _links;
    private readonly HashSet<AuditBreak> _known = [];
    private volatile string _state = "has not started";
    private volatile AuditBreak? _first;
    private volatile bool _works;

    public AuditStatus(IMeterFactory meters)
    {
        var meter = meters.Create("Tidewatch");
        _breaks = meter.CreateCounter<long>("audit_breaks_total", description: "Places where the audit chain does not hold, by kind: observations or alerts were lost or doubled.");
        _links = meter.CreateCounter<long>("audit_links_total", description: "Links of the audit chain that were judged.");
        foreach (var kind in Enum.GetValues<AuditBreakKind>())
        {
            _breaks.Add(0, Label(kind));
        }
    }

    /// <summary>Counts a break once, however often it is found; true the first time.</summary>
    public bool Found(AuditBreak found)
    {
        if (!_known.Add(found))
        {
            return false;
        }

        _first ??= found;
        _breaks.Add(1, Label(found.Kind));
        return true;
    }

    public void Judged(int links)
    {
        _links.Add(links);
        (_state, _works) = ($"{_known.Count} breaks", true);
    }

    public void Waits(string reason) => (_state, _works) = (reason, false);

    /// <summary>Nothing to audit, for a reason that is no fault.</summary>
    public void Rests(string reason) => (_state, _works) = (reason, true);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        _first is { } first ? HealthCheckResult.Degraded($"{_state}; the first: {first.Kind} {first.Topic} [{first.Partition}] at {first.Offset}: {first.Detail}")
        : _works ? HealthCheckResult.Healthy(_state)
        : HealthCheckResult.Degraded(_state));

    private static KeyValuePair<string, object?> Label(AuditBreakKind kind) => new("kind", kind.ToString().ToLowerInvariant());
}
