using Tidewatch.Contracts;
using Tidewatch.Notifier.Channels;

namespace Tidewatch.Notifier.Stages;

/// <summary>Lets through what the channel wants: from a severity on, and endings only when asked for.</summary>
public sealed class RouteStage(ChannelOptions options) : IStage
{
    public Task RunAsync(AlertGroup group, Next next, CancellationToken cancellationToken) =>
        next(group with { Alerts = [.. group.Alerts.Where(Wanted)] }, cancellationToken);

    private bool Wanted(Alert alert) => alert.State is AlertState.Opened or AlertState.Updated ? alert.Severity >= options.MinimumSeverity : options.Endings;
}
