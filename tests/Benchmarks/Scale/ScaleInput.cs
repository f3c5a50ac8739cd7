using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;

namespace Tidewatch.Benchmarks.Scale;

/// <summary>Many series with a value a minute each: even ones for the z-score, odd ones for the seasonal profile.</summary>
internal sealed class ScaleInput(string bootstrapServers, string prefix, int series, int partitions)
{
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow().AddDays(-2);
    private int _round;

    public string Topic { get; } = new TopicNames(prefix).Observations("hosts");

    public async Task CreateAsync()
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = Topic, NumPartitions = partitions, ReplicationFactor = 1, Configs = new() { ["message.timestamp.type"] = "LogAppendTime" } }]);
    }

    /// <summary>Some minutes of every series, as fast as the broker takes them.</summary>
    public void FillHistory(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            SendRound();
        }
    }

    public void SendRound()
    {
        using var producer = Producer();
        for (var i = 0; i < series; i++)
        {
            Send(producer, i, isSpike: false);
        }

        producer.Flush(TimeSpan.FromMinutes(5));
        NextRound();
    }

    /// <summary>The next minute begins.</summary>
    public void NextRound() => _round++;

    public IProducer<byte[], byte[]> Producer() => new ProducerBuilder<byte[], byte[]>(new ProducerConfig
    {
        BootstrapServers = bootstrapServers, EnableIdempotence = true, LingerMs = 5, CompressionType = CompressionType.Lz4, QueueBufferingMaxMessages = 500_000, EnableDeliveryReports = false,
    }).Build();

    public static string IdOf(int number) => number % 2 == 0 ? $"hosts/web-{number:D7}/cpu" : $"seasonal/web-{number:D7}/cpu";

    /// <summary>The observation of a series in the running minute; its event time is what the alert will name.</summary>
    public DateTimeOffset Send(IProducer<byte[], byte[]> producer, int number, bool isSpike)
    {
        var id = IdOf(number);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(Start.AddMinutes(_round).ToUnixTimeMilliseconds());
        var value = isSpike ? 900 : Math.Round(50 + (5 * Math.Sin((_round + number) * 0.7)) + ((_round + number) * 37L % 11 * 0.3), 3);
        var message = new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(id), Value = ObservationCodec.Encode(new Observation { Series = id, Time = time, Value = value }) };
        while (true)
        {
            try
            {
                producer.Produce(new TopicPartition(Topic, number / 2 % partitions), message);
                return time;
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(20));
            }
        }
    }
}
