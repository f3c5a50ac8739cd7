using Microsoft.Extensions.Options;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.Topics;
using Tidewatch.Detector.Metrics;
using Tidewatch.Detector.Settings;
using Tidewatch.Engine;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Detector;

/// <summary>Makes the engine of each partition that this process takes over.</summary>
public sealed class EngineFactory(IOptions<DetectorSettings> settings, TopicNames names, DetectorMetrics metrics)
{
    private readonly Lazy<EngineRules> _rules = new(() => new EngineRules(settings.Value));

    public IPartitionProcessor Create(InputPartition partition, InputTopic topic)
    {
        var scope = new EngineScope(topic.TopicId, partition.Topic, partition.Number, names.DomainOf(partition.Topic));
        var engine = new SeriesEngine(scope, _rules.Value, new EngineMetrics(metrics));
        metrics.Track(partition, engine);
        return engine;
    }
}
