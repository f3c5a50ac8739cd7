using Confluent.Kafka;
using StackExchange.Redis;

namespace Tidewatch.Benchmarks.Scale;

/// <summary>How far a detector's group stands behind its input.</summary>
internal sealed class CommittedLag(string bootstrapServers, string prefix, string topic, int partitions) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly IConsumer<Ignore, Ignore> _consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = $"{prefix}.detector" }).SetLogHandler(static (_, _) => { }).Build();

    /// <summary>Observations on the topic that are not committed.</summary>
    public long Lag()
    {
        var all = Enumerable.Range(0, partitions).Select(p => new TopicPartition(topic, p)).ToList();
        var committed = _consumer.Committed(all, Timeout).Sum(o => Math.Max(0, o.Offset.Value));
        return all.Sum(p => _consumer.QueryWatermarkOffsets(p, Timeout).High.Value) - committed;
    }

    /// <summary>Bytes that Redis holds.</summary>
    public static async Task<long> RedisBytesAsync(string redis)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{redis},allowAdmin=true");
        var info = (string)(await connection.GetDatabase().ExecuteAsync("INFO", "memory"))!;
        return long.Parse(info.Split('\n').First(l => l.StartsWith("used_memory:", StringComparison.Ordinal)).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose() => _consumer.Dispose();
}
