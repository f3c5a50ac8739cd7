using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Tidewatch.Contracts.Topics;

namespace Tidewatch.Detector.Tests.Process;

/// <summary>The topics of one test under a prefix of their own on the shared broker.</summary>
internal sealed class Topics(string bootstrapServers, string prefix)
{
    public TopicNames Names { get; } = new(prefix);

    public string Prefix => prefix;

    /// <summary>Creates them with producer timestamps on the input and no end of retention: the observations of the tests are old.</summary>
    public async Task CreateAsync(int partitions)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        await admin.CreateTopicsAsync(Names.All(partitions).Select(t => new TopicSpecification
        {
            Name = t.Name,
            NumPartitions = t.Partitions,
            ReplicationFactor = 1,
            Configs = t.Settings.Where(s => s.Key is not ("message.timestamp.type" or "retention.ms")).Append(new("retention.ms", "-1")).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
        }));
    }

    public IProducer<byte[], byte[]> Producer() =>
        new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = bootstrapServers, LingerMs = 5, EnableIdempotence = true }).Build();

    /// <summary>Everything on a topic, as a read_committed reader sees it once <paramref name="isEnough"/> holds or the time is up.</summary>
    public List<ConsumeResult<byte[], byte[]>> Read(string topic, Func<IReadOnlyList<ConsumeResult<byte[], byte[]>>, bool> isEnough, TimeSpan atMost)
    {
        var config = new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = "reader-" + topic, IsolationLevel = IsolationLevel.ReadCommitted, EnableAutoCommit = false, AutoOffsetReset = AutoOffsetReset.Earliest };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).Build();
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        List<PartitionMetadata> partitions;
        do
        {
            // A topic just made is known to the broker a moment later.
            partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(10)).Topics[0].Partitions;
        }
        while (partitions.Count == 0);
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(topic, p.PartitionId, Offset.Beginning)));
        var found = new List<ConsumeResult<byte[], byte[]>>();
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < atMost && !isEnough(found);)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } record)
            {
                found.Add(record);
            }
        }

        return found;
    }
}
