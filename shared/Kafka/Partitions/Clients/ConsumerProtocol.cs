using Confluent.Kafka;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>Which group protocol the members speak: KIP-848 where wanted and the broker has it, else classic, cooperative-sticky, with static membership.</summary>
internal sealed class ConsumerProtocol(bool preferConsumer, TimeSpan sessionTimeout)
{
    private volatile bool _isClassic = !preferConsumer;

    /// <summary>Name for the log.</summary>
    public string Name => _isClassic ? "classic (cooperative-sticky, static member)" : "consumer (KIP-848)";

    public ConsumerConfig Apply(ConsumerConfig config, string instanceId)
    {
        config.GroupInstanceId = instanceId;
        if (_isClassic)
        {
            config.GroupProtocol = GroupProtocol.Classic;
            config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
            config.SessionTimeoutMs = (int)sessionTimeout.TotalMilliseconds;
            config.HeartbeatIntervalMs = (int)(sessionTimeout.TotalMilliseconds / 8);
        }
        else
        {
            config.GroupProtocol = GroupProtocol.Consumer;
        }

        return config;
    }

    /// <summary>A broker without the new protocol says so once; the next session is classic.</summary>
    public void Observe(Error error)
    {
        if (error.Code is ErrorCode.UnsupportedVersion or ErrorCode.Local_UnsupportedFeature)
        {
            _isClassic = true;
        }
    }
}
