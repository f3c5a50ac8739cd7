using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tidewatch.Notifier.Stages;

/// <summary>Health check of a channel: unhealthy from a failed try until the next that succeeds.</summary>
public class ChannelHealth : IHealthCheck
{
    private string? _failure;

    /// <summary>True when it was healthy until now.</summary>
    public bool Fail(string reason) => Interlocked.Exchange(ref _failure, reason) is null;

    /// <summary>True when it was unhealthy until now.</summary>
    public bool Recover() => Interlocked.Exchange(ref _failure, value: null) is not null;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Volatile.Read(ref _failure) is { } failure ? HealthCheckResult.Unhealthy(failure) : HealthCheckResult.Healthy());
}

/// <summary>The health of <typeparamref name="TChannel"/>.</summary>
public sealed class ChannelHealth<TChannel> : ChannelHealth;
