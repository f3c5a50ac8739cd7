using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tidewatch.Storage.Snapshots;

/// <summary>Whether Redis answers and keeps what it is given.</summary>
public sealed class RedisHealthCheck(RedisConnection redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await redis.ProblemAsync(cancellationToken) is { } problem ? HealthCheckResult.Degraded(problem) : HealthCheckResult.Healthy();
}
