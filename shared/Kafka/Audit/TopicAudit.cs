using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Partitions.Clients;

namespace Tidewatch.Kafka.Audit;

/// <summary>Reads the progress and alerts topics as a read_committed reader, to the ends that stand when it begins, and holds them against each other.</summary>
/// <remarks>The commit markers of one transaction reach its partitions one by one: alerts are read to where open transactions stood once the links were read.</remarks>
public sealed class TopicAudit(KafkaConnection connection, TopicNames names)
{
    /// <summary>More than a transaction can last.</summary>
    internal static readonly TimeSpan LongestTransaction = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>The judge, with everything read. Throws <see cref="KafkaException"/> when the broker or a topic is away.</summary>
    public ProgressAuditor Run(CancellationToken cancellationToken)
    {
        var auditor = new ProgressAuditor();
        using var consumer = Open(connection);

        // Links first: an alert committed while the audit reads is then past the last link, and does not count.
        ReadLinks(consumer, auditor.Add, cancellationToken);
        Read(consumer, connection, names.Alerts, value => AddAlert(auditor, value), cancellationToken, awaitsOpen: true);
        return auditor;
    }

    /// <summary>Every link on the progress topic, in order. Throws as <see cref="Run"/> does.</summary>
    public IReadOnlyList<ProgressRecord> Links(CancellationToken cancellationToken)
    {
        var links = new List<ProgressRecord>();
        using var consumer = Open(connection);
        ReadLinks(consumer, links.Add, cancellationToken);
        return links;
    }

    /// <summary>A read_committed reader that commits nothing and says where a partition ends.</summary>
    internal static IConsumer<Ignore, byte[]> Open(KafkaConnection connection) => new ConsumerBuilder<Ignore, byte[]>(connection.Apply(new ConsumerConfig
    {
        GroupId = "tidewatch-audit",
        IsolationLevel = IsolationLevel.ReadCommitted,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        EnablePartitionEof = true,
        AutoOffsetReset = AutoOffsetReset.Earliest,
    })).SetLogHandler(static (_, _) => { }).Build();

    private void ReadLinks(IConsumer<Ignore, byte[]> consumer, Action<ProgressRecord> take, CancellationToken cancellationToken) =>
        Read(consumer, connection, names.Progress, value => take(LinkOf(value)), cancellationToken);

    internal static ProgressRecord LinkOf(byte[] value) => JsonSerializer.Deserialize(value, ContractJson.Default.ProgressRecord)!;

    internal static void AddAlert(ProgressAuditor auditor, byte[] value)
    {
        if (AlertCodec.TryDecode(value, out var alert, out _))
        {
            auditor.Add(alert!);
        }
    }

    internal static IReadOnlyList<TopicPartition> PartitionsOf(string topic, IConsumer<Ignore, byte[]> consumer, KafkaConnection connection)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, Timeout).Topics.Single().Partitions.ConvertAll(p => new TopicPartition(topic, p.PartitionId));
        return partitions.Count > 0 ? partitions
            : throw new KafkaException(new Error(ErrorCode.UnknownTopicOrPart, $"there is no topic {topic} at {connection.BootstrapServers}: check the prefix (Kafka:TopicPrefix)"));
    }

    /// <summary>Every committed value on <paramref name="topic"/>, to the end that stands when it begins; <paramref name="awaitsOpen"/> those too of transactions that are open then, once they end.</summary>
    internal static void Read(IConsumer<Ignore, byte[]> consumer, KafkaConnection connection, string topic, Action<byte[]> take, CancellationToken cancellationToken, bool awaitsOpen = false)
    {
        // A topic that is written to without a pause never shows an end of its own.
        using var directory = new TopicDirectory(connection);
        var partitions = PartitionsOf(topic, consumer, connection);
        var ends = awaitsOpen ? directory.UncommittedEnds(partitions) : directory.CommittedEnds(partitions);
        var open = ends.Where(e => e.Value > 0).Select(e => e.Key).ToHashSet();
        consumer.Assign(open.Select(p => new TopicPartitionOffset(p, Offset.Beginning)));
        for (var moved = Stopwatch.GetTimestamp(); open.Count > 0 && Stopwatch.GetElapsedTime(moved) < LongestTransaction;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (consumer.Consume(Poll) is not { } result)
            {
                continue;
            }

            moved = Stopwatch.GetTimestamp();
            var end = ends[result.TopicPartition];
            if (!result.IsPartitionEOF && result.Offset < end && result.Message.Value is { } value)
            {
                take(value);
            }

            if (result.Offset + (result.IsPartitionEOF ? 0 : 1) >= end)
            {
                open.Remove(result.TopicPartition);
            }
        }
    }
}
