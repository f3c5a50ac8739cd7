using Microsoft.Extensions.Options;
using Tidewatch.Contracts.Topics;
using Tidewatch.Detector.Anomalies;
using Tidewatch.Detector.Engine;
using Tidewatch.Detector.Metrics;
using Tidewatch.Detector.Settings;
using Tidewatch.Kafka;
using Tidewatch.Kafka.Partitions;
using Tidewatch.ServiceDefaults;
using Tidewatch.Storage;
using Tidewatch.Storage.Influx;
using Tidewatch.Storage.Snapshots;

namespace Tidewatch.Detector;

/// <summary>Registers the detector: observations to alerts.</summary>
public static class DetectorRegistration
{
    private static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(20);

    public static IServiceCollection AddDetector(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<KafkaOptions>(configuration, "Kafka")
            .AddStrictOptions<RedisOptions>(configuration, "Redis")
            .AddStrictOptions<OutputOptions>(configuration, "Output")
            .AddStrictOptions<InfluxOptions>(configuration, "Influx")
            .AddStrictOptions<DetectorSettings>(configuration, "Detector");
        services.AddSingleton(p => new EngineRules(p.GetRequiredService<IOptions<DetectorSettings>>().Value));
        services.AddSingleton<DetectorMetrics>();
        return services
            .AddSnapshotStore(configuration)
            .AddPartitionLoop(Options, _ => new LoopProtocol(PreferConsumer: false, SessionTimeout), Engines)
            .AddAnomalyStore()
            .AddTidewatchConsumer<AnomalyWriter>(names => new ConsumerOptions("anomaly-writer", "anomaly-writer", [names.Alerts]));
    }

    private static Func<InputPartition, InputTopic, IPartitionProcessor> Engines(IServiceProvider services)
    {
        var (rules, names, metrics) = (services.GetRequiredService<EngineRules>(), services.GetRequiredService<TopicNames>(), services.GetRequiredService<DetectorMetrics>());
        return (partition, topic) => new SeriesEngine(
            new EngineScope(topic.TopicId, partition.Topic, partition.Number, names.DomainOf(partition.Topic)), rules, new EngineMetrics(metrics));
    }

    private static LoopOptions Options(IServiceProvider services)
    {
        var settings = services.GetRequiredService<IOptions<DetectorSettings>>().Value;
        var names = services.GetRequiredService<TopicNames>();
        return new LoopOptions
        {
            Group = $"{services.GetRequiredService<IOptions<KafkaOptions>>().Value.TopicPrefix}.{settings.Group}",
            InstanceId = settings.InstanceId ?? Environment.MachineName,
            Topics = [.. (settings.Domains.Count > 0 ? settings.Domains : TopicNames.Domains).Select(names.Observations), .. settings.Topics],
            CommitInterval = settings.CommitInterval,
            SnapshotInterval = settings.SnapshotInterval,
            ColdOnLostState = settings.OnLostState == DetectorSettings.LostStatePolicy.Cold,
        };
    }
}
