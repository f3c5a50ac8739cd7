using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tidewatch.Detector.Anomalies;
using Tidewatch.Engine;
using Tidewatch.Detector.Metrics;
using Tidewatch.Detector.Settings;
using Tidewatch.Kafka;
using Tidewatch.Kafka.Partitions;
using Tidewatch.Models;
using Tidewatch.ServiceDefaults;
using Tidewatch.Storage;
using Tidewatch.Storage.Influx;
using Tidewatch.Storage.Snapshots;

namespace Tidewatch.Detector;

/// <summary>Registers the detector: observations to alerts, and committed alerts to the anomaly store.</summary>
public static class DetectorRegistration
{
    public static IServiceCollection AddDetector(this IServiceCollection services, IConfiguration configuration)
    {
        ModelCatalog.Include();
        services
            .AddStrictOptions<KafkaOptions>(configuration, "Kafka")
            .AddStrictOptions<RedisOptions>(configuration, "Redis")
            .AddStrictOptions<OutputOptions>(configuration, "Output")
            .AddStrictOptions<InfluxOptions>(configuration, "Influx")
            .AddStrictOptions<DetectorSettings>(configuration, "Detector")
            .AddTidewatchKafka()
            .AddSnapshotStore(configuration)
            .AddAnomalyStore()
            .AddTidewatchConsumer<AnomalyWriter>(names => new ConsumerOptions("anomaly-writer", "anomaly-writer", [names.Alerts]));
        services.TryAddSingleton<DetectorMetrics>();
        services.TryAddSingleton<EngineFactory>();
        return services.AddPartitionLoop(
            LoopSettings.Of, LoopSettings.ProtocolOf, provider => provider.GetRequiredService<EngineFactory>().Create);
    }
}
