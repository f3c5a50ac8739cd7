using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;

namespace Tidewatch.Benchmarks.Line;

/// <summary>The input topic: ordinary values of many series, with spikes where asked for.</summary>
internal sealed class LineInput(string bootstrapServers)
{
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow().AddDays(-2);
    private readonly Dictionary<int, int> _steps = [];

    public static string Topic { get; } = new TopicNames("line").Observations("hosts");

    public async Task CreateAsync()
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        await admin.CreateTopicsAsync(new[] { Topic, BareCopy.Topic }.Select(t => new TopicSpecification { Name = t, NumPartitions = LineBenchmark.Partitions, ReplicationFactor = 1 }));
    }

    /// <summary>Writes <paramref name="count"/> observations, each series in turn.</summary>
    public void Fill(int count)
    {
        using var producer = Producer();
        for (var i = 0; i < count; i++)
        {
            Send(producer, i % LineBenchmark.Series, isSpike: false);
        }

        producer.Flush(TimeSpan.FromMinutes(5));
    }

    public IProducer<byte[], byte[]> Producer() => new ProducerBuilder<byte[], byte[]>(new ProducerConfig
    {
        BootstrapServers = bootstrapServers,
        EnableIdempotence = true,
        LingerMs = 5,
        CompressionType = CompressionType.Lz4,
        QueueBufferingMaxMessages = 500_000,
        EnableDeliveryReports = false,
    }).Build();

    /// <summary>What a series says at a step.</summary>
    public static Observation Of(int series, int step, bool isSpike) => new()
    {
        Series = $"hosts/web-{series:D5}/cpu",
        Time = Start.AddMilliseconds(step * 100L),
        Value = isSpike ? 900 : Math.Round(50 + (5 * Math.Sin((step + series) * 0.7)) + ((step + series) * 37 % 11 * 0.3), 3),
    };

    /// <summary>The next observation of a series; its event time is what the alert will name.</summary>
    public DateTimeOffset Send(IProducer<byte[], byte[]> producer, int series, bool isSpike)
    {
        var step = _steps[series] = _steps.GetValueOrDefault(series) + 1;
        var observation = Of(series, step, isSpike);
        var message = new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(observation.Series), Value = ObservationCodec.Encode(observation) };
        while (true)
        {
            try
            {
                producer.Produce(new TopicPartition(Topic, series % LineBenchmark.Partitions), message);
                return DateTimeOffset.FromUnixTimeMilliseconds(observation.Time.ToUnixTimeMilliseconds());
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(20));
            }
        }
    }
}
