using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tidewatch.Benchmarks.Line;
using Tidewatch.Contracts.State;
using Tidewatch.Contracts.Topics;
using Tidewatch.Engine;
using Tidewatch.Engine.Settings;
using Tidewatch.Kafka;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Durable;
using Tidewatch.Kafka.Partitions;
using Tidewatch.Kafka.Partitions.Clients;
using Tidewatch.Kafka.Partitions.Marks;
using Tidewatch.Kafka.Topics;
using Tidewatch.Storage.Snapshots;

namespace Tidewatch.Benchmarks.Cost;

/// <summary>The product's partition loop with its engine in this process, with or without transactions and snapshots.</summary>
internal static class LoopRun
{
    public static readonly TimeSpan SnapshotInterval = TimeSpan.FromSeconds(5);

    /// <summary>A topic just made is known to every part of the broker a moment later; the product tries again, this run does not.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    /// <summary>Reads the input from its beginning; observations per second between the first commit and the last, which <paramref name="times"/> measures in parts.</summary>
    public static async Task<double> RunAsync(LoopKind kind, string bootstrapServers, string redisAddress, string prefix, int count, LoopTimes? times = null)
    {
        using var connection = new KafkaConnection(Options.Create(new KafkaOptions { BootstrapServers = bootstrapServers, TopicPrefix = prefix }));
        var names = new TopicNames(prefix);
        using var topics = new TopicCreator(connection, names);
        await topics.EnsureAsync(CancellationToken.None);
        await Task.Delay(Settling);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var redisOptions = Options.Create(new RedisOptions { Configuration = redisAddress, KeyPrefix = prefix });
        await using var redis = new RedisConnection(redisOptions, NullLogger<RedisConnection>.Instance);
        using var durable = new TopicSnapshotStore(connection, names);
        IReadOnlyList<ISnapshotStore> stores = kind == LoopKind.Both ? [new RedisSnapshotStore(redis, redisOptions, TimeProvider.System, meters), durable] : [];

        var options = new LoopOptions { Group = $"{prefix}.detector", InstanceId = "cost", Topics = [LineInput.Topic], SnapshotInterval = SnapshotInterval };
        using var directory = new TopicDirectory(connection);
        using var progress = new KafkaProgressLog(connection, directory, names, options);
        using IOutputLog plainOutput = kind == LoopKind.Neither ? new AtLeastOnceOutputLog(connection) : new TransactionalOutputLog(connection, new OpenTransactions(directory, names), names, options);
        plainOutput.Initialize();
        using var plainInput = new KafkaInputLog(connection, directory, options, new ConsumerProtocol(preferConsumer: false, TimeSpan.FromSeconds(20)));
        var (input, output) = times is null ? (plainInput, plainOutput) : (times.Around(plainInput), times.Around(plainOutput));
        var metrics = new LoopMetrics(meters);
        var tiers = new SnapshotTiers(stores, metrics, NullLogger.Instance);
        var rules = new EngineRules(new EngineSettings { Detector = "z-score" });
        var loop = new PartitionLoop(
            options, names, input, output,
            new PartitionRestorer(options, progress, tiers, stores.Count > 0 ? durable : null, (p, t) => new SeriesEngine(new EngineScope(t.TopicId, p.Topic, p.Number, names.DomainOf(p.Topic)), rules), TimeProvider.System, NullLogger.Instance),
            new SnapshotWriter(tiers, options, metrics, TimeProvider.System, Task.Run), NoCrashMarks.Instance, new LoopStatus(TimeProvider.System), metrics, TimeProvider.System, NullLogger.Instance);
        return Drain(loop, count, times);
    }

    private static double Drain(PartitionLoop loop, int count, LoopTimes? times)
    {
        var (first, began) = (0L, 0L);
        while (true)
        {
            loop.Turn();
            var committed = loop.Tasks.Sum(t => t.Committed);
            if (first == 0 && committed > 0)
            {
                (first, began) = (committed, Stopwatch.GetTimestamp());
                times?.Begin();
            }

            if (committed >= count)
            {
                var rate = (committed - first) / Stopwatch.GetElapsedTime(began).TotalSeconds;
                times?.End();
                loop.Close();
                return rate;
            }
        }
    }
}
