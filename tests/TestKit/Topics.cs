using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Tidewatch.Contracts.Topics;

namespace Tidewatch.TestKit;

/// <summary>The topics of one test under a prefix of their own on a real broker.</summary>
public sealed class Topics(string bootstrapServers, string prefix)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public TopicNames Names { get; } = new(prefix);

    public string Prefix => prefix;

    /// <summary>Creates them with producer timestamps on the inputs and no end of retention: the observations of the tests are old.</summary>
    /// <param name="partitions">Of the inputs.</param>
    /// <param name="replicas">Of each partition.</param>
    /// <param name="other">Takes the place of the topic of that name.</param>
    public async Task CreateAsync(int partitions, short replicas = 1, TopicSpecification? other = null)
    {
        using var admin = Admin();
        await admin.CreateTopicsAsync(Names.All(partitions).Select(t => t.Name == other?.Name ? other : new TopicSpecification
        {
            Name = t.Name,
            NumPartitions = t.Partitions,
            ReplicationFactor = replicas,
            Configs = t.Settings.Where(s => s.Key != "retention.ms" && (s.Key != "message.timestamp.type" || !IsInput(t.Name))).Append(new("retention.ms", "-1")).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
        }));
    }

    public IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).SetLogHandler(static (_, _) => { }).Build();

    public IProducer<byte[], byte[]> Producer() =>
        new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = bootstrapServers, LingerMs = 5, EnableIdempotence = true }).Build();

    /// <summary>Everything on a topic, as a read_committed reader sees it once <paramref name="isEnough"/> holds or the time is up.</summary>
    public List<ConsumeResult<byte[], byte[]>> Read(string topic, Func<IReadOnlyList<ConsumeResult<byte[], byte[]>>, bool> isEnough, TimeSpan atMost)
    {
        using var consumer = Reader(topic, out var partitions);
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(p, Offset.Beginning)));
        var found = new List<ConsumeResult<byte[], byte[]>>();
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < atMost && !isEnough(found);)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { IsPartitionEOF: false } record)
            {
                found.Add(record);
            }
        }

        return found;
    }

    /// <summary>Everything on a topic up to the end that a read_uncommitted reader would see now, at read_committed: open transactions before it are waited for, up to <paramref name="atMost"/>.</summary>
    public async Task<List<ConsumeResult<byte[], byte[]>>> ReadToEndAsync(string topic, TimeSpan atMost)
    {
        using var consumer = Reader(topic, out var partitions);
        var ends = await EndsAsync(partitions);
        var open = partitions.Where(p => ends[p] > 0).ToHashSet();
        consumer.Assign(open.Select(p => new TopicPartitionOffset(p, Offset.Beginning)));
        var found = new List<ConsumeResult<byte[], byte[]>>();
        for (var began = TimeProvider.System.GetTimestamp(); open.Count > 0;)
        {
            if (TimeProvider.System.GetElapsedTime(began) > atMost)
            {
                throw new TimeoutException($"{topic}: {string.Join(", ", open.Select(p => $"{p.Partition.Value} stands before {ends[p]}"))} after {atMost}: a transaction is open");
            }

            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is not { } record)
            {
                continue;
            }

            if (!record.IsPartitionEOF)
            {
                found.Add(record);
            }

            if (record.Offset + (record.IsPartitionEOF ? 0 : 1) >= ends[record.TopicPartition])
            {
                open.Remove(record.TopicPartition);
            }
        }

        return found;
    }

    private bool IsInput(string topic) => Names.DomainOf(topic) != topic;

    private async Task<Dictionary<TopicPartition, long>> EndsAsync(IEnumerable<TopicPartition> partitions)
    {
        using var admin = Admin();
        var ends = await admin.ListOffsetsAsync(
            partitions.Select(p => new TopicPartitionOffsetSpec { TopicPartition = p, OffsetSpec = OffsetSpec.Latest() }), new ListOffsetsOptions { IsolationLevel = IsolationLevel.ReadUncommitted, RequestTimeout = Timeout });
        return ends.ResultInfos.ToDictionary(r => r.TopicPartitionOffsetError.TopicPartition, r => r.TopicPartitionOffsetError.Offset.Value);
    }

    private IConsumer<byte[], byte[]> Reader(string topic, out List<TopicPartition> partitions)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = bootstrapServers, GroupId = "reader-" + topic, IsolationLevel = IsolationLevel.ReadCommitted, EnableAutoCommit = false, AutoOffsetReset = AutoOffsetReset.Earliest, EnablePartitionEof = true, FetchWaitMaxMs = 50,
        };
        var consumer = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler(static (_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        do
        {
            // A topic just made is known to the broker a moment later.
            partitions = [.. admin.GetMetadata(topic, Timeout).Topics[0].Partitions.Select(p => new TopicPartition(topic, p.PartitionId))];
        }
        while (partitions.Count == 0);
        return consumer;
    }
}
