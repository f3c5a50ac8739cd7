using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Tidewatch.Notifier.Channels;

namespace Tidewatch.Notifier.Stages;

/// <summary>Sends; tries again with back-off while the channel is away, and gives what it took, or will never take, to the next stage.</summary>
public sealed partial class RetryStage(string name, IChannel channel, ChannelHealth health, TimeProvider time, ILogger logger) : IStage
{
    /// <summary>Tries of one round; then the consumer keeps the offset and comes again.</summary>
    public const int Tries = 4;

    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(500);
    private static readonly Meter Meter = new("Tidewatch");
    private static readonly Counter<long> Notifications = Meter.CreateCounter<long>("notifications", description: "Groups of alerts given to a channel, by outcome.");

    public async Task RunAsync(AlertGroup group, Next next, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var delivery = await channel.SendAsync(group, cancellationToken);
            Notifications.Add(1, new("channel", name), new("outcome", delivery.Outcome.ToString().ToLowerInvariant()));
            if (delivery.Outcome != DeliveryOutcome.Retryable)
            {
                Settle(delivery, group);
                await next(group, cancellationToken);
                return;
            }

            if (health.Fail(delivery.Reason!))
            {
                LogAway(name, delivery.Reason!);
            }

            if (attempt == Tries)
            {
                throw new ChannelAwayException(name, delivery.Reason!);
            }

            await Task.Delay(Backoff * Math.Pow(2, attempt - 1), time, cancellationToken);
        }
    }

    private void Settle(Delivery delivery, AlertGroup group)
    {
        if (delivery.Outcome == DeliveryOutcome.Rejected)
        {
            health.Fail(delivery.Reason!);
            LogRejected(name, group.Alerts.Count + group.More, group.Alerts[0].Id, delivery.Reason!);
        }
        else if (health.Recover())
        {
            LogBack(name);
        }
    }

    [LoggerMessage(3201, LogLevel.Warning, "Channel {Channel} is away, alerts wait: {Reason}")]
    private partial void LogAway(string channel, string reason);

    [LoggerMessage(3202, LogLevel.Information, "Channel {Channel} is back")]
    private partial void LogBack(string channel);

    [LoggerMessage(3203, LogLevel.Warning, "Channel {Channel} will never take {Count} alerts from {Id} on: {Reason}")]
    private partial void LogRejected(string channel, int count, string id, string reason);
}
