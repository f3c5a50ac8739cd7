using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Kafka.Tests.Partitions;

/// <summary>Offsets of a transaction that nothing will ever end: the loop says so and goes on once an operator has ended it.</summary>
public sealed class HangingTransactionTests
{
    private const string Id = "writer";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Run_OffsetsThatNothingWillEnd_AreNamedAndGoneOnFromOnceAborted()
    {
        Assert.SkipWhen(KafkaServer.Script is null, KafkaServer.Missing);
        using var server = new KafkaServer(KafkaServer.Script!, 1, "transaction.partition.verification.enable=false");
        using var cluster = new TestCluster(server.BootstrapServers);
        await using (var host = await LoopHost.StartAsync(cluster))
        {
            await host.UntilAsync(s => s.Owned.Count == 1);
            cluster.Send(0, 100);
            (await cluster.AlertsAsync(100)).Count.ShouldBe(100);
        }

        using var wire = new ProducerWire(server.BootstrapServers);
        wire.CommitOffset("nobody", cluster.Group, wire.Initialize("nobody"), cluster.Input).ShouldBe(ErrorCode.NoError);

        await using var next = await LoopHost.StartAsync(cluster);
        await next.UntilAsync(s => s.Trouble?.StartsWith($"an open transaction has held back the offset of group {cluster.Group} in {cluster.Input} [0] for", StringComparison.Ordinal) == true);
        server.AbortHangingTransactions().ShouldBe(1);
        await next.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, 100, from: 100);
        PartitionLoopTests.ShouldCountOnce(await cluster.AlertsAsync(200), 200);
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

    private static int Coordinator(KafkaServer server) => int.Parse(Describe(server, "describe", "--transactional-id", Id).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split('\t')[0]);

    private static string Describe(KafkaServer server, params string[] what) => server.Tool(["org.apache.kafka.tools.TransactionsCommand", "--bootstrap-server", server.BootstrapServers, .. what]);
}
