using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tidewatch.Kafka.Partitions;

/// <summary>How the loop is doing, for health checks; written by its thread, read by any.</summary>
public sealed class LoopStatus(TimeProvider time) : IHealthCheck
{
    private readonly ConcurrentDictionary<InputPartition, Refusal> _refusals = [];
    private readonly ConcurrentDictionary<InputPartition, bool> _owned = [];
    private volatile string? _trouble = "has not joined its group yet";
    private long _turned = time.GetTimestamp();

    /// <summary>Partitions that are refused, with their reasons.</summary>
    public IReadOnlyCollection<Refusal> Refusals => [.. _refusals.Values];

    /// <summary>Partitions at work.</summary>
    public IReadOnlyCollection<InputPartition> Owned => [.. _owned.Keys];

    /// <summary>What the loop waits for; null while it runs.</summary>
    public string? Trouble => _trouble;

    /// <summary>Time since the loop last turned over: what a liveness probe asks.</summary>
    public TimeSpan SinceTurn => time.GetElapsedTime(Interlocked.Read(ref _turned));

    public void Turned(long timestamp)
    {
        Interlocked.Exchange(ref _turned, timestamp);
        _trouble = null;
    }

    /// <summary>The loop waits for something outside; it still turns over.</summary>
    public void Waits(string reason)
    {
        _trouble = reason;
        Interlocked.Exchange(ref _turned, time.GetTimestamp());
    }

    public void Took(InputPartition partition)
    {
        _refusals.TryRemove(partition, out _);
        _owned[partition] = true;
    }

    public void Refused(Refusal refusal)
    {
        _owned.TryRemove(refusal.Partition, out _);
        _refusals[refusal.Partition] = refusal;
    }

    public void Dropped(InputPartition partition)
    {
        _owned.TryRemove(partition, out _);
        _refusals.TryRemove(partition, out _);
    }

    public void Cleared()
    {
        _owned.Clear();
        _refusals.Clear();
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        _trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble)
        : _refusals.IsEmpty ? HealthCheckResult.Healthy($"{_owned.Count} partitions")
        : HealthCheckResult.Unhealthy(string.Join("; ", _refusals.Values)));
}
