using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Detector.Settings;

/// <summary>The detector's settings as the partition loop wants them.</summary>
internal static class LoopSettings
{
    public static LoopOptions Of(IServiceProvider services)
    {
        var settings = services.GetRequiredService<IOptions<DetectorSettings>>().Value;
        var names = services.GetRequiredService<TopicNames>();
        var domains = settings.Domains.Count == 0 ? TopicNames.Domains : settings.Domains;
        return new LoopOptions
        {
            Group = $"{services.GetRequiredService<IOptions<KafkaOptions>>().Value.TopicPrefix}.{settings.Group}",
            InstanceId = settings.InstanceId ?? Environment.MachineName,
            Topics = [.. domains.Select(names.Observations).Concat(settings.Topics).Distinct(StringComparer.Ordinal)],
            CommitInterval = settings.CommitInterval,
            SnapshotInterval = settings.SnapshotInterval,
            SnapshotBytes = settings.SnapshotBytes,
            MarksDirectory = settings.MarksDirectory ?? Path.GetTempPath(),
            ColdOnLostState = settings.OnLostState == DetectorSettings.LostStatePolicy.Cold,
        };
    }

    /// <summary>Classic by default: a process that was killed comes back to its partitions at once.</summary>
    public static LoopProtocol ProtocolOf(IServiceProvider services)
    {
        var settings = services.GetRequiredService<IOptions<DetectorSettings>>().Value;
        return new(settings.GroupProtocol == DetectorSettings.MemberProtocol.Consumer, settings.SessionTimeout);
    }
}
