using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tidewatch.Kafka.Consuming;

/// <summary>How a consumer is doing; its health check.</summary>
internal sealed class ConsumerState : IHealthCheck
{
    private volatile string? _trouble = "has not started";

    public void Works() => _trouble = null;

    public void Fails(string reason) => _trouble = reason;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_trouble is { } trouble ? HealthCheckResult.Degraded(trouble) : HealthCheckResult.Healthy());
}
