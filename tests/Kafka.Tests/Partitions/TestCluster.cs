using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;
using Tidewatch.TestKit;

namespace Tidewatch.Kafka.Tests.Partitions;

/// <summary>The broker as a test sees and troubles it, under a topic prefix of its own.</summary>
internal sealed class TestCluster(string bootstrap, string? prefix = null) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly IAdminClient _admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrap }).SetLogHandler(static (_, _) => { }).Build();
    private readonly IProducer<string?, byte[]?> _producer = new ProducerBuilder<string?, byte[]?>(new ProducerConfig { BootstrapServers = bootstrap, LingerMs = 2, EnableIdempotence = true }).SetLogHandler(static (_, _) => { }).Build();

    public string Bootstrap => bootstrap;

    public string Prefix { get; } = prefix ?? UniqueName.Next();

    public TopicNames Names => new(Prefix);

    public string Input => Names.Observations("hosts");

    public string Group => $"{Prefix}.loop";

    /// <summary>Where processes of the loop keep which record they have in hand.</summary>
    public string Marks => Path.Combine(Path.GetTempPath(), $"tidewatch-tests-{Prefix}");

    public IAdminClient Admin => _admin;

    public async Task SendAsync(int partition, string? key, byte[]? value, Headers? headers = null) =>
        await _producer.ProduceAsync(new TopicPartition(Input, partition), new Message<string?, byte[]?> { Key = key, Value = value, Headers = headers });

    /// <summary>Sends numbered records over seven keys.</summary>
    public void Send(int partition, int count, int from = 0)
    {
        for (var i = from; i < from + count; i++)
        {
            _producer.Produce(new TopicPartition(Input, partition), new Message<string?, byte[]?> { Key = $"k{i % 7}", Value = Encoding.UTF8.GetBytes($"{i}") });
        }

        _producer.Flush();
    }

    /// <summary>Every committed record of a topic, once the condition holds.</summary>
    public async Task<List<ConsumeResult<byte[], byte[]>>> ReadAsync(string topic, Func<List<ConsumeResult<byte[], byte[]>>, bool> isEnough)
    {
        for (var deadline = DateTime.UtcNow + Patience; ; await Task.Delay(100))
        {
            var records = Read(topic);
            if (isEnough(records) || DateTime.UtcNow > deadline)
            {
                return records;
            }
        }
    }

    public async Task<List<Alert>> AlertsAsync(int count) => (await ReadAsync(Names.Alerts, r => r.Count >= count)).ConvertAll(r =>
    {
        AlertCodec.TryDecode(r.Message.Value, out var alert, out _);
        return alert!;
    });

    public List<ProgressRecord> Links() => Read(Names.Progress).ConvertAll(r => JsonSerializer.Deserialize(r.Message.Value, ContractJson.Default.ProgressRecord)!);

    /// <summary>Does what the broker refuses while the group still has members.</summary>
    public static async Task InsistAsync(Func<Task> action)
    {
        for (var deadline = DateTime.UtcNow + Patience; ; await Task.Delay(300))
        {
            try
            {
                await action();
                return;
            }
            catch (KafkaException) when (DateTime.UtcNow < deadline)
            {
                continue;
            }
        }
    }

    public Task CommitAsync(long offset) => InsistAsync(() => _admin.AlterConsumerGroupOffsetsAsync(
        [new ConsumerGroupTopicPartitionOffsets(Group, [new TopicPartitionOffset(Input, 0, offset)])]));

    public void Dispose()
    {
        _producer.Dispose();
        _admin.Dispose();
        if (prefix is null && Directory.Exists(Marks))
        {
            Directory.Delete(Marks, recursive: true);
        }
    }

    private List<ConsumeResult<byte[], byte[]>> Read(string topic)
    {
        var found = new List<ConsumeResult<byte[], byte[]>>();
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrap, GroupId = "reader", IsolationLevel = IsolationLevel.ReadCommitted, EnablePartitionEof = true, EnableAutoCommit = false, FetchWaitMaxMs = 20,
        }).Build();
        var partitions = _admin.GetMetadata(topic, TimeSpan.FromSeconds(10)).Topics[0].Partitions;
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(topic, p.PartitionId, Offset.Beginning)));
        for (var ends = 0; ends < partitions.Count;)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(10)) ?? throw new TimeoutException(topic);
            if (result.IsPartitionEOF)
            {
                ends++;
            }
            else
            {
                found.Add(result);
            }
        }

        return found;
    }
}
