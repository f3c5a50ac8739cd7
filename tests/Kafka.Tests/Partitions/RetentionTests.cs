using System.Diagnostics.Metrics;
using System.Text;
using Confluent.Kafka;
using Shouldly;
using Tidewatch.Contracts.State;
using Xunit;

namespace Tidewatch.Kafka.Tests.Partitions;

public sealed class RetentionTests
{
    private const int First = 100;
    private const int All = 1_000;

    [Fact]
    public async Task Run_RetentionComesNearTheDurableSnapshot_AnotherIsWrittenThoughNothingArrives()
    {
        using var cluster = PartitionLoopTests.Cluster();
        using var headroom = new Headroom(cluster.Input);
        await using var host = await LoopHost.StartAsync(cluster, retentionInterval: TimeSpan.FromHours(1));
        await host.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, First);
        await cluster.AlertsAsync(First);
        cluster.Send(0, All - First, from: First);
        await cluster.AlertsAsync(All);
        (await NewestAsync(cluster, _ => true)).ShouldBeLessThanOrEqualTo(First, "the next one is due after an hour");
        headroom.Last().ShouldBeNull("nobody has looked yet");
    }

    [Fact]
    public async Task Run_RetentionAtTheDurableSnapshot_IsSeenAndMadeGood()
    {
        using var cluster = PartitionLoopTests.Cluster();
        using var headroom = new Headroom(cluster.Input);
        await using var host = await LoopHost.StartAsync(cluster, retentionInterval: TimeSpan.FromSeconds(3));
        await host.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, First);
        await cluster.AlertsAsync(First);
        cluster.Send(0, All - First, from: First);
        await cluster.AlertsAsync(All);
        await cluster.Admin.DeleteRecordsAsync([new TopicPartitionOffset(cluster.Input, 0, First / 2)]);

        (await NewestAsync(cluster, at => headroom.Last() is not null && at == All)).ShouldBe(All);
        await host.UntilAsync(_ => headroom.Last() == 1);
        headroom.Lowest.ShouldBeLessThan(0.5);
    }

    /// <summary>Offset of the newest manifest on the snapshot topic, once it satisfies <paramref name="isEnough"/>.</summary>
    private static async Task<long> NewestAsync(TestCluster cluster, Func<long, bool> isEnough)
    {
        static long Newest(IEnumerable<ConsumeResult<byte[], byte[]>> records) => records
            .Where(r => r.Message.Value is not null && Encoding.UTF8.GetString(r.Message.Key).EndsWith("/manifest", StringComparison.Ordinal))
            .Select(r => SnapshotManifest.Decode(r.Message.Value, "a")!.Offset).LastOrDefault();
        return Newest(await cluster.ReadAsync(cluster.Names.Snapshots, found => isEnough(Newest(found))));
    }

    /// <summary>Reads the gauge as an exporter does.</summary>
    private sealed class Headroom : IDisposable
    {
        private readonly MeterListener _listener = new();
        private double? _last;

        public Headroom(string topic)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (string.Equals(instrument.Name, "retention_headroom_ratio", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
            {
                if (tags.Contains(new("topic", topic)) && tags.Contains(new("partition", 0)))
                {
                    (_last, Lowest) = (value, Math.Min(Lowest, value));
                }
            });
            _listener.Start();
        }

        public double Lowest { get; private set; } = 1;

        public double? Last()
        {
            _listener.RecordObservableInstruments();
            return _last;
        }

        public void Dispose() => _listener.Dispose();
    }
}
