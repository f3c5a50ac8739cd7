using Tidewatch.Notifier.Channels;

namespace Tidewatch.Notifier.Stages;

/// <summary>Notes what the channel has done with: a repeat of the batch finds it there.</summary>
public sealed class RecordStage(DeliveryLog log) : IStage
{
    public Task RunAsync(AlertGroup group, Next next, CancellationToken cancellationToken)
    {
        log.Record(group.Alerts.Select(a => a.Id));
        return next(group, cancellationToken);
    }
}
