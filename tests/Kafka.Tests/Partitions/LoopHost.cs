using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts.Processing;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Partitions;
using Tidewatch.Kafka.Partitions.Marks;

namespace Tidewatch.Kafka.Tests.Partitions;

/// <summary>One process of the loop over the counting processor.</summary>
internal sealed class LoopHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly ServiceProvider _services;

    private LoopHost(ServiceProvider services) => _services = services;

    public LoopStatus Status => _services.GetRequiredService<LoopStatus>();

    /// <summary>The scope of this host's meters, which tells them from other hosts'.</summary>
    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public CountingProcessor.Faults Faults => _services.GetRequiredService<CountingProcessor.Faults>();

    public static Task<LoopHost> StartAsync(TestCluster cluster, string instance = "one", bool consumerProtocol = false, bool cold = false, CountingProcessor.Faults? faults = null, int partitions = 1, int deaths = 0, long deadly = 0, TimeSpan? transactionTimeout = null, TimeSpan? retentionInterval = null, TimeSpan? ownerInterval = null, params string[] more)
    {
        Die(cluster, instance, deaths, deadly);
        return StartAsync(cluster, new KafkaOptions { BootstrapServers = cluster.Bootstrap, TopicPrefix = cluster.Prefix, Partitions = partitions }, instance, consumerProtocol, cold, faults, more: more, transactionTimeout: transactionTimeout, retentionInterval: retentionInterval, ownerInterval: ownerInterval);
    }

    /// <summary>On the embedded broker that <paramref name="connection"/> holds.</summary>
    public static Task<LoopHost> StartEmbeddedAsync(TestCluster cluster, KafkaConnection connection) =>
        StartAsync(cluster, connection.Options with { TopicPrefix = cluster.Prefix }, "one", consumerProtocol: true, cold: false, faults: null, connection);

    private static async Task<LoopHost> StartAsync(
        TestCluster cluster, KafkaOptions kafka, string instance, bool consumerProtocol, bool cold, CountingProcessor.Faults? faults, KafkaConnection? connection = null, string[]? more = null, TimeSpan? transactionTimeout = null, TimeSpan? retentionInterval = null, TimeSpan? ownerInterval = null)
    {
        var collection = new ServiceCollection();
        if (connection is not null)
        {
            collection.AddTidewatchKafka().AddSingleton(connection);
        }

        var services = collection.AddLogging(b => b.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(o => o.SingleLine = true)).AddMetrics()
            .AddSingleton(Options.Create(kafka))
            .AddSingleton(faults ?? new CountingProcessor.Faults())
            .AddPartitionLoop(
                _ => new LoopOptions
                {
                    Group = cluster.Group,
                    InstanceId = instance,
                    MarksDirectory = Directory.CreateDirectory(cluster.Marks).FullName,
                    Topics = [cluster.Input, .. more ?? []],
                    CommitInterval = TimeSpan.FromMilliseconds(50),
                    MaxTransactionRecords = 100,
                    TransactionTimeout = transactionTimeout ?? TimeSpan.FromSeconds(15),
                    RetentionInterval = retentionInterval ?? TimeSpan.FromHours(1),
                    OwnerInterval = ownerInterval ?? TimeSpan.FromHours(1),
                    SnapshotInterval = TimeSpan.FromHours(1),
                    OffsetDeadline = TimeSpan.FromSeconds(1),
                    ColdOnLostState = cold,
                },
                _ => new LoopProtocol(consumerProtocol, TimeSpan.FromSeconds(6)),
                p => (partition, topic) => new CountingProcessor(partition, topic, p.GetRequiredService<CountingProcessor.Faults>()))
            .BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        return new LoopHost(services);
    }

    /// <summary>What processes leave behind that die on the input's record at <paramref name="offset"/>.</summary>
    private static void Die(TestCluster cluster, string instance, int deaths, long offset)
    {
        for (; deaths > 0; deaths--)
        {
            using var process = new CrashMarkFile(new LoopOptions { Group = cluster.Group, InstanceId = instance, MarksDirectory = Directory.CreateDirectory(cluster.Marks).FullName, Topics = [] }, NullLogger<CrashMarkFile>.Instance);
            process.Of(new InputPartition(cluster.Input, 0)).Hold(new InputRecord(offset, 0, [], [], leaderEpoch: 0));
        }
    }

    public async Task UntilAsync(Func<LoopStatus, bool> condition)
    {
        for (var deadline = DateTime.UtcNow + Patience; !condition(Status); await Task.Delay(50))
        {
            if (DateTime.UtcNow > deadline)
            {
                throw new TimeoutException($"owns {Status.Owned.Count}, refused {string.Join("; ", Status.Refusals)}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
