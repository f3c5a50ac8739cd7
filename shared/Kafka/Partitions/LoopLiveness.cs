using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Whether the loop still turns over; an outage outside is no reason to restart the process.</summary>
internal sealed class LoopLiveness(LoopStatus status) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        status.SinceTurn < Patience ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"the loop has not turned over for {status.SinceTurn.TotalSeconds:0} s"));
}
