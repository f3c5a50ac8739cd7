using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tidewatch.Kafka.Sources;

/// <summary>Publishes one source's observations, in order, and knows whether that goes well.</summary>
public sealed partial class SourcePublisher(
    ISource source, string service, IObservationPublisher publisher, TimeProvider time, ILogger<SourcePublisher> logger) : BackgroundService
{
    private static readonly Meter Meter = new("Tidewatch");
    private static readonly Counter<long> Published = Meter.CreateCounter<long>("source_observations_total", "observations", "Observations that a source gave to the producer.");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastFlush = TimeSpan.FromSeconds(1);
    private readonly KeyValuePair<string, object?> _tag = new("source", source.Name);
    private long _waitingSince = -1;
    private volatile string? _stopped;

    public ISource Source => source;

    /// <summary>Name of the health check that reports this source.</summary>
    public string Service => service;

    /// <summary>Why nothing is published, or null.</summary>
    public string? Trouble() => _stopped ?? Waiting() ?? source.Trouble;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LastFlush);
        try
        {
            await publisher.FlushAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            LogUnflushed(source.Name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PublishAllAsync(stoppingToken);
        }
        catch (SourceStoppedException e)
        {
            _stopped = $"{source.Name} stopped: {e.Message}";
            LogStopped(source.Name, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // The host stops on an unexpected exception but would report success.
            Environment.ExitCode = 1;
            throw;
        }
    }

    private async Task PublishAllAsync(CancellationToken stoppingToken)
    {
        var count = 0L;
        await foreach (var (domain, observation) in source.ReadAsync(stoppingToken).WithCancellation(stoppingToken))
        {
            Volatile.Write(ref _waitingSince, time.GetTimestamp());
            await publisher.PublishAsync(domain, observation, stoppingToken);
            Volatile.Write(ref _waitingSince, -1);
            Published.Add(1, _tag);
            count++;
        }

        await publisher.FlushAsync(stoppingToken);
        LogEnded(source.Name, count);
    }

    private string? Waiting()
    {
        var since = Volatile.Read(ref _waitingSince);
        return since >= 0 && time.GetElapsedTime(since) is var waited && waited > Patience
            ? $"{source.Name} has waited {waited.TotalSeconds:0} s for room in the producer's queue: is Kafka up?"
            : null;
    }

    [LoggerMessage(400, LogLevel.Information, "source {Source} ended after {Count} observations, all delivered")]
    private partial void LogEnded(string source, long count);

    [LoggerMessage(401, LogLevel.Error, "source {Source} stopped: {Reason}")]
    private partial void LogStopped(string source, string reason);

    [LoggerMessage(402, LogLevel.Warning, "source {Source}: what was queued at the stop could not be delivered within a second")]
    private partial void LogUnflushed(string source);
}
