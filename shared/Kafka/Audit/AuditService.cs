using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Topics;

namespace Tidewatch.Kafka.Audit;

/// <summary>Audits for as long as the process runs.</summary>
internal sealed partial class AuditService(
    AuditOptions options, KafkaConnection connection, TopicNames names, TopicCreator topics, AuditStatus status, TimeProvider time, ILogger<AuditService> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (connection.IsEmbedded)
        {
            status.Rests("the embedded broker knows no transactions: nothing to audit");
            return;
        }

        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await topics.EnsureAsync(stoppingToken);
                await Task.Factory.StartNew(() => Follow(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            catch (KafkaException e)
            {
                status.Waits(e.Error.Reason);
                LogAway(e.Error.Reason);
                await Task.Delay(Pause, time, stoppingToken).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Follow(CancellationToken stoppingToken)
    {
        using var follower = new AuditFollower(connection, names, time.GetUtcNow() - options.Lookback);
        var links = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var found in follower.Follow(Turn, stoppingToken).Where(status.Found))
            {
                LogBreak(found.Kind, found.Topic, found.Partition, found.Offset, found.Detail);
            }

            status.Judged(follower.Settled - links);
            links = follower.Settled;
        }
    }

    [LoggerMessage(EventId = 170, Level = LogLevel.Error, Message = "audit: {Kind} {Topic} [{Partition}] at {Offset}: {Detail}. Run tidewatch audit")]
    private partial void LogBreak(AuditBreakKind kind, string topic, int partition, long offset, string detail);

    [LoggerMessage(EventId = 171, Level = LogLevel.Warning, Message = "audit: {Reason}; beginning again")]
    private partial void LogAway(string reason);
}
