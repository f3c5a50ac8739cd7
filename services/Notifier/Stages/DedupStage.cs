using Tidewatch.Notifier.Channels;

namespace Tidewatch.Notifier.Stages;

/// <summary>Lets through alerts that this channel has not sent, each once.</summary>
public sealed class DedupStage(DeliveryLog log) : IStage
{
    public Task RunAsync(AlertGroup group, Next next, CancellationToken cancellationToken) =>
        next(group with { Alerts = [.. group.Alerts.Where(a => !log.Contains(a.Id)).DistinctBy(a => a.Id, StringComparer.Ordinal)] }, cancellationToken);
}
