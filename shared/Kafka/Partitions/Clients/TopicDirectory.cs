using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>What the cluster says of input topics. The embedded broker has no topic ids: there a topic's name stands in.</summary>
internal sealed class TopicDirectory(KafkaConnection connection) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly Lazy<IAdminClient> _admin = new(() => new AdminClientBuilder(connection.Apply(new AdminClientConfig())).SetLogHandler(static (_, _) => { }).Build());

    /// <summary>Throws <see cref="KafkaException"/> while the broker is away.</summary>
    public InputTopic Describe(string topic)
    {
        if (connection.IsEmbedded)
        {
            var found = _admin.Value.GetMetadata(topic, Timeout).Topics.Find(t => string.Equals(t.Topic, topic, StringComparison.Ordinal));
            return new InputTopic(KafkaOptions.Embedded, topic, found?.Partitions.Count ?? 0, IsCompacted: false);
        }

        return DescribeAsync(topic).GetAwaiter().GetResult();
    }

    /// <summary>Throws <see cref="SessionLostException"/>, naming them, for topics that are not there; health says the same meanwhile. The embedded broker makes topics when they are asked for.</summary>
    public void Require(IReadOnlyList<string> topics)
    {
        var known = connection.IsEmbedded ? topics : _admin.Value.GetMetadata(Timeout).Topics.ConvertAll(t => t.Topic);
        if (topics.Except(known, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
        {
            throw new SessionLostException($"there is no topic {string.Join(", ", missing)}: create it, or take it out of Detector:Topics and Detector:Domains");
        }
    }

    /// <summary>The partitions of several topics; not on the embedded broker.</summary>
    public IReadOnlyList<TopicPartition> Partitions(IEnumerable<string> topics) =>
        [.. topics.SelectMany(topic => _admin.Value.GetMetadata(topic, Timeout).Topics[0].Partitions.Select(p => new TopicPartition(topic, p.PartitionId)))];

    /// <summary>Past the last offset of a partition, open transactions included.</summary>
    public long UncommittedEnd(TopicPartition partition) => UncommittedEnds([partition])[partition];

    /// <summary>The same of several partitions; not on the embedded broker.</summary>
    public IReadOnlyDictionary<TopicPartition, long> UncommittedEnds(IEnumerable<TopicPartition> partitions) => Ends(partitions, IsolationLevel.ReadUncommitted);

    /// <summary>Where the first open transaction of each partition began, else past its last offset: what a read_committed reader has not seen yet lies behind. Not on the embedded broker.</summary>
    public IReadOnlyDictionary<TopicPartition, long> CommittedEnds(IEnumerable<TopicPartition> partitions) => Ends(partitions, IsolationLevel.ReadCommitted);

    /// <summary>First offset and the next to be written of several input partitions, without waiting; the embedded broker does not say. Fails when one of them cannot be asked.</summary>
    public async Task<IReadOnlyDictionary<InputPartition, (long Start, long End)>> BoundsAsync(IReadOnlyList<InputPartition> partitions)
    {
        if (connection.IsEmbedded)
        {
            return new Dictionary<InputPartition, (long Start, long End)>();
        }

        var (starts, ends) = (OffsetsAsync(partitions, OffsetSpec.Earliest()), OffsetsAsync(partitions, OffsetSpec.Latest()));
        var (start, end) = (await starts, await ends);
        return partitions.ToDictionary(p => p, p => (start[p], end[p]));
    }

    public void Dispose()
    {
        if (_admin.IsValueCreated)
        {
            _admin.Value.Dispose();
        }
    }

    private Dictionary<TopicPartition, long> Ends(IEnumerable<TopicPartition> partitions, IsolationLevel isolation) => ListAsync(partitions, OffsetSpec.Latest(), isolation)
        .GetAwaiter().GetResult().ResultInfos.ToDictionary(r => r.TopicPartitionOffsetError.TopicPartition, r => r.TopicPartitionOffsetError.Offset.Value);

    private async Task<Dictionary<InputPartition, long>> OffsetsAsync(IReadOnlyList<InputPartition> partitions, OffsetSpec of)
    {
        var found = await ListAsync(partitions.Select(p => new TopicPartition(p.Topic, p.Number)), of, IsolationLevel.ReadCommitted);
        return found.ResultInfos.ToDictionary(
            r => new InputPartition(r.TopicPartitionOffsetError.Topic, r.TopicPartitionOffsetError.Partition.Value), r => r.TopicPartitionOffsetError.Offset.Value);
    }

    private Task<ListOffsetsResult> ListAsync(IEnumerable<TopicPartition> partitions, OffsetSpec of, IsolationLevel isolation) => _admin.Value.ListOffsetsAsync(
        [.. partitions.Select(p => new TopicPartitionOffsetSpec { TopicPartition = p, OffsetSpec = of })],
        new ListOffsetsOptions { IsolationLevel = isolation, RequestTimeout = Timeout });

    private async Task<InputTopic> DescribeAsync(string topic)
    {
        var cluster = await _admin.Value.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = Timeout });
        var described = await _admin.Value.DescribeTopicsAsync(TopicCollection.OfTopicNames([topic]), new DescribeTopicsOptions { RequestTimeout = Timeout });
        var configs = await _admin.Value.DescribeConfigsAsync([new ConfigResource { Name = topic, Type = ResourceType.Topic }], new DescribeConfigsOptions { RequestTimeout = Timeout });
        var found = described.TopicDescriptions[0];
        return new InputTopic(
            cluster.ClusterId, found.TopicId.ToString(), found.Partitions.Count, configs[0].Entries["cleanup.policy"].Value.Contains("compact", StringComparison.Ordinal));
    }
}
