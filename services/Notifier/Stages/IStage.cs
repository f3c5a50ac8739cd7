using Tidewatch.Notifier.Channels;

namespace Tidewatch.Notifier.Stages;

/// <summary>One step between the alerts topic and a channel.</summary>
public interface IStage
{
    /// <summary>Gives what goes on to <paramref name="next"/>: all, some, split or none. Throws <see cref="ChannelAwayException"/> when it must come again.</summary>
    Task RunAsync(AlertGroup group, Next next, CancellationToken cancellationToken);
}

/// <summary>The rest of the line.</summary>
public delegate Task Next(AlertGroup group, CancellationToken cancellationToken);

/// <summary>A list of stages as one.</summary>
public static class StageLine
{
    public static Next Of(IReadOnlyList<IStage> stages) => stages.Reverse().Aggregate<IStage, Next>(
        static (_, _) => Task.CompletedTask,
        static (next, stage) => (group, cancellationToken) => group.Alerts.Count == 0 ? Task.CompletedTask : stage.RunAsync(group, next, cancellationToken));
}
