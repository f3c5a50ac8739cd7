using System.Diagnostics;
using Confluent.Kafka;

namespace Tidewatch.Benchmarks.Line;

/// <summary>The least that exactly-once costs: consume, produce the same bytes, commit both in one transaction every 250 ms.</summary>
internal sealed class BareCopy(string bootstrapServers)
{
    /// <summary>Where the copies go.</summary>
    public const string Topic = "copy";

    private static readonly TimeSpan CommitInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Copies <paramref name="count"/> records and gives records per second, from the first record to the last commit.</summary>
    public double Run(int round, int count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = $"copy-{round}",
            IsolationLevel = IsolationLevel.ReadCommitted,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            QueuedMinMessages = 200_000,
            ConsumeResultFields = "none",
        }).Build();
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            TransactionalId = $"copy-{round}",
            LingerMs = 5,
            CompressionType = CompressionType.Lz4,
            QueueBufferingMaxMessages = 1_000_000,
            EnableDeliveryReports = false,
        }).Build();
        producer.InitTransactions(Timeout);
        consumer.Subscribe(LineInput.Topic);
        var next = new long[LineBenchmark.Partitions];
        var record = consumer.Consume(Timeout);
        var began = Stopwatch.GetTimestamp();
        for (var done = 0; done < count;)
        {
            producer.BeginTransaction();
            var opened = Stopwatch.GetTimestamp();
            for (; record is not null && Stopwatch.GetElapsedTime(opened) < CommitInterval; done++)
            {
                Produce(producer, record.Message);
                next[record.Partition.Value] = record.Offset + 1;
                record = done + 1 < count ? consumer.Consume(Timeout) : null;
            }

            producer.SendOffsetsToTransaction(next.Select((offset, p) => new TopicPartitionOffset(LineInput.Topic, p, offset)), consumer.ConsumerGroupMetadata, Timeout);
            producer.CommitTransaction(Timeout);
        }

        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Produce(IProducer<byte[], byte[]> producer, Message<byte[], byte[]> message)
    {
        while (true)
        {
            try
            {
                producer.Produce(Topic, message);
                return;
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }
    }
}
