using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Kafka.Tests.Partitions;

/// <summary>Transactions that no marker will end: the loop ends its own, names others', and goes on once an operator has ended those.</summary>
public sealed class HangingTransactionTests
{
    private const string Id = "writer";

    /// <summary>Else the broker asks the coordinator, and takes nothing of a transaction that it knows to have ended.</summary>
    private const string Unverified = "transaction.partition.verification.enable=false";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Run_OffsetsOfAMemberThatIsGone_AreNamedAndGoneOnFromOnceAborted()
    {
        await RunAsync(
            (wire, cluster) => wire.CommitOffset("nobody", cluster.Group, wire.Initialize("nobody"), cluster.Input),
            async (host, cluster, server) =>
            {
                await host.UntilAsync(s => s.Trouble?.StartsWith($"an open transaction has held back the offset of group {cluster.Group} in {cluster.Input} [0] for", StringComparison.Ordinal) == true);
                server.AbortHangingTransactions().ShouldBe(1);
            });
    }

    [Fact]
    public async Task Run_OffsetsOfItsOwnEarlierEpoch_AreEndedAndLaterOnesRefused()
    {
        var earlier = default((long, short));
        await RunAsync(
            (wire, cluster) => wire.CommitOffset(IdOf(cluster), cluster.Group, earlier = wire.Initialize(IdOf(cluster)), cluster.Input),
            async (host, cluster, server) =>
            {
                await host.UntilAsync(s => s.Owned.Count == 1);
                using var wire = new ProducerWire(server.BootstrapServers);
                wire.CommitOffset(IdOf(cluster), cluster.Group, earlier, cluster.Input).ShouldBe(ErrorCode.InvalidProducerEpoch);
            });
    }

    [Fact]
    public async Task Run_RecordsOfItsOwnEarlierEpoch_AreEnded()
    {
        await RunAsync((wire, cluster) => wire.Produce(IdOf(cluster), wire.Initialize(IdOf(cluster)), cluster.Names.Alerts), (_, _, _) => Task.CompletedTask);
    }

    /// <summary>Why there are such transactions: <c>docs/decisions/hanging-transactions.md</c>. Red once Kafka mends it.</summary>
    [Fact(Explicit = true)]
    public async Task Broker_CommitWhileAPartitionHasNoLeader_LeavesItOpenThere()
    {
        Assert.SkipWhen(KafkaServer.Script is null, KafkaServer.Missing);
        using var server = new KafkaServer(KafkaServer.Script!, brokers: 3);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = server.BootstrapServers }).Build();
        await admin.CreateTopicsAsync(Enumerable.Range(1, 3).Select(b => new TopicSpecification { Name = $"only-{b}", NumPartitions = 1, ReplicasAssignments = new() { [0] = [b] } }));
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = server.BootstrapServers, TransactionalId = Id }).Build();
        producer.InitTransactions(Patience);
        producer.BeginTransaction();
        for (var broker = 1; broker <= 3; broker++)
        {
            await producer.ProduceAsync($"only-{broker}", new Message<Null, string> { Value = "v" }, TestContext.Current.CancellationToken);
        }

        var victim = (Coordinator(server) % 3) + 1;
        server.Stop(victim);
        producer.CommitTransaction(Patience);
        server.Start();
        Describe(server, "describe", "--transactional-id", Id).ShouldContain("CompleteCommit");
        server.AbortHangingTransactions().ShouldBe(1);
    }

    /// <summary>A loop counts and ends, <paramref name="leave"/> leaves something open that nothing will end, and the next loop goes on after <paramref name="meanwhile"/>.</summary>
    private static async Task RunAsync(Func<ProducerWire, TestCluster, ErrorCode> leave, Func<LoopHost, TestCluster, KafkaServer, Task> meanwhile)
    {
        Assert.SkipWhen(KafkaServer.Script is null, KafkaServer.Missing);
        using var server = new KafkaServer(KafkaServer.Script!, 1, Unverified);
        using var cluster = new TestCluster(server.BootstrapServers);
        await using (var first = await LoopHost.StartAsync(cluster))
        {
            await first.UntilAsync(s => s.Owned.Count == 1);
            cluster.Send(0, 100);
            (await cluster.AlertsAsync(100)).Count.ShouldBe(100);
        }

        using var wire = new ProducerWire(server.BootstrapServers);
        leave(wire, cluster).ShouldBe(ErrorCode.NoError);
        await using var next = await LoopHost.StartAsync(cluster);
        await meanwhile(next, cluster, server);
        await next.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, 100, from: 100);
        PartitionLoopTests.ShouldCountOnce(await cluster.AlertsAsync(200), 200);
    }

    private static string IdOf(TestCluster cluster) => $"{cluster.Group}-one";

    private static int Coordinator(KafkaServer server) => int.Parse(Describe(server, "describe", "--transactional-id", Id).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split('\t')[0]);

    private static string Describe(KafkaServer server, params string[] what) => server.Tool(["org.apache.kafka.tools.TransactionsCommand", "--bootstrap-server", server.BootstrapServers, .. what]);
}
