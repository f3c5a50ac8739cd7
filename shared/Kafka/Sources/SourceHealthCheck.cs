using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tidewatch.Kafka.Sources;

/// <summary>Healthy while every source of one service delivers, or has ended well.</summary>
public sealed class SourceHealthCheck(string service, IEnumerable<SourcePublisher> publishers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var troubles = publishers.Where(p => string.Equals(p.Service, service, StringComparison.Ordinal)).Select(p => p.Trouble()).OfType<string>().ToList();
        return Task.FromResult(troubles.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Join("; ", troubles)));
    }
}
