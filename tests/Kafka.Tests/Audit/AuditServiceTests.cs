using System.Diagnostics.Metrics;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka.Audit;
using Tidewatch.Kafka.Tests.Partitions;
using Xunit;

namespace Tidewatch.Kafka.Tests.Audit;

/// <summary>The running audit beside a running loop.</summary>
public sealed class AuditServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_UnbrokenThenForged_CountsEachKind()
    {
        using var cluster = PartitionLoopTests.Cluster();
        await using var host = await LoopHost.StartAsync(cluster);
        await host.UntilAsync(s => s.Owned.Count == 1);
        await using var services = Services(cluster);
        var (counts, status) = (Listen(services), services.GetRequiredService<AuditStatus>());
        var service = services.GetServices<IHostedService>().OfType<BackgroundService>().Single();
        await service.StartAsync(CancellationToken.None);
        for (var sent = 0; sent < 1_000; sent += 100)
        {
            cluster.Send(0, 100, sent);
            await cluster.AlertsAsync(sent + 100);
        }

        var links = cluster.Links();
        await UntilAsync(() => counts["links"] >= links.Count);
        counts.Where(c => c.Key is not "links" && c.Value > 0).ShouldBeEmpty();
        (await HealthAsync(status)).Status.ShouldBe(HealthStatus.Healthy);

        using var forger = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = cluster.Bootstrap }).Build();
        var end = links[^1].To;
        await forger.ProduceAsync(new TopicPartition(cluster.Names.Progress, 0), Message(links[^1] with { From = end + 5, To = end + 9, Alerts = 0, AlertIdsXor = 0 }));
        await UntilAsync(() => counts["gap"] == 1);
        var alert = (await cluster.ReadAsync(cluster.Names.Alerts, r => r.Count > 0))[0];
        await forger.ProduceAsync(new TopicPartition(cluster.Names.Alerts, 0), new Message<string, byte[]> { Key = "forged", Value = alert.Message.Value });
        await forger.ProduceAsync(new TopicPartition(cluster.Names.Progress, 0), Message(links[^1] with { From = end + 9, To = end + 9, Alerts = 0, AlertIdsXor = 0 }));
        await UntilAsync(() => counts["count"] == 1);
        counts["gap"].ShouldBe(1);
        counts["overlap"].ShouldBe(0);
        var health = await HealthAsync(status);
        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Description.ShouldNotBeNull().ShouldContain($"Gap {cluster.Input} [0] at {end}");
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void Found_SameBreakAgain_CountsOnce()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<AuditStatus>().BuildServiceProvider();
        var (counts, status) = (Listen(services), services.GetRequiredService<AuditStatus>());
        var found = new AuditBreak(AuditBreakKind.Overlap, "t", 0, 5, "detail");
        status.Found(found).ShouldBeTrue();
        status.Found(found with { }).ShouldBeFalse();
        counts["overlap"].ShouldBe(1);
        counts["gap"].ShouldBe(0, "every kind is there from the start, so that an increase can be seen");
    }

    private static ServiceProvider Services(TestCluster cluster) => new ServiceCollection().AddLogging(b => b.AddSimpleConsole(o => o.SingleLine = true)).AddMetrics()
        .AddSingleton(Options.Create(new KafkaOptions { BootstrapServers = cluster.Bootstrap, TopicPrefix = cluster.Prefix, Partitions = 1 }))
        .AddTidewatchAudit(_ => new AuditOptions(TimeSpan.FromMinutes(10)))
        .BuildServiceProvider();

    /// <summary>Sums of the audit's counters: breaks under their kind, and links.</summary>
    private static Dictionary<string, long> Listen(ServiceProvider services)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal) { ["links"] = 0 };
        var listener = new MeterListener();
        var factory = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Name.StartsWith("audit_", StringComparison.Ordinal))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (counts)
            {
                var key = tags.Length == 0 ? "links" : (string)tags[0].Value!;
                counts[key] = counts.GetValueOrDefault(key) + value;
            }
        });
        listener.Start();
        return counts;
    }

    private static Message<string, byte[]> Message(ProgressRecord link) => new() { Key = "forged", Value = JsonSerializer.SerializeToUtf8Bytes(link, ContractJson.Default.ProgressRecord) };

    private static Task<HealthCheckResult> HealthAsync(AuditStatus status) => status.CheckHealthAsync(new HealthCheckContext());

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var deadline = DateTime.UtcNow + Patience; !condition(); await Task.Delay(100))
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue("in time");
        }
    }
}
