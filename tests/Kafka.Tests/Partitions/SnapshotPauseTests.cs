using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Shouldly;
using Xunit;

namespace Tidewatch.Kafka.Tests.Partitions;

public sealed class SnapshotPauseTests
{
    [Fact]
    public async Task Run_FirstCommit_ItsWholeSnapshotIsMeasured()
    {
        using var cluster = PartitionLoopTests.Cluster();
        await using var host = await LoopHost.StartAsync(cluster);
        await host.UntilAsync(s => s.Owned.Count == 1);
        var pauses = new ConcurrentQueue<(double Seconds, string? Kind)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, me) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, host.Meters) && string.Equals(instrument.Name, "snapshot_pause_seconds", StringComparison.Ordinal))
                {
                    me.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => pauses.Enqueue((seconds, tags[0].Value as string)));
        listener.Start();
        cluster.Send(0, 10);
        await cluster.AlertsAsync(10);
        await host.UntilAsync(_ => !pauses.IsEmpty);
        var (seconds, kind) = pauses.ShouldHaveSingleItem();
        kind.ShouldBe("whole");
        seconds.ShouldBeGreaterThan(0);
    }
}
