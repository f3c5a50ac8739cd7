using System.Buffers;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;
using Tidewatch.Engine;
using Tidewatch.Engine.Settings;
using Tidewatch.Storage.Snapshots;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Detector.Tests.Process;

/// <summary>A partition of 100,000 series out of a real Redis: the figure of <c>docs/results</c> is what this test prints.</summary>
public sealed class RestoreTests(ITestOutputHelper log)
{
    private const int Series = 100_000;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Load_AHundredThousandSeriesFromRedis_IsTheStateThatWasSaved()
    {
        Assert.SkipWhen(RedisServer.Program is null, RedisServer.Missing);
        using var redis = new RedisServer();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var options = Options.Create(new RedisOptions { Configuration = redis.Configuration });
        await using var connection = new RedisConnection(options, NullLogger<RedisConnection>.Instance);
        var store = new RedisSnapshotStore(connection, options, TimeProvider.System, services.GetRequiredService<IMeterFactory>());
        var live = Filled();
        var bytes = new ArrayBufferWriter<byte>();
        live.Save(bytes, SegmentRequest.Whole);
        var manifest = new SnapshotManifest
        {
            Identity = new PartitionIdentity("cluster", "topic", "topic", 0, 1, "detector", live.EngineVersion, live.ConfigHash),
            Offset = Series * 2,
            ReplayFrom = Series * 2,
            Epoch = 1,
            SeriesCount = live.SeriesCount,
            StateHash = live.StateHash(),
            Segments = [SnapshotSegment.Of("1-1", Series * 2, bytes.WrittenMemory)],
        };
        (await store.WriteAsync(new Snapshot(manifest, bytes.WrittenMemory), default)).ShouldBe(WriteOutcome.Written);

        var began = TimeProvider.System.GetTimestamp();
        var found = (await store.ReadAsync(manifest.Identity, default)).ShouldHaveSingleItem();
        var restored = NewEngine();
        restored.Load((await store.LoadAsync(found, default))!);
        var hash = restored.StateHash();
        var took = TimeProvider.System.GetElapsedTime(began);

        log.WriteLine($"{Series} series, {bytes.WrittenCount / 1e6:F1} MB, manifest {manifest.Encode().Length} bytes: restored and hashed in {took.TotalSeconds:F2} s");
        (restored.SeriesCount, hash).ShouldBe((Series, manifest.StateHash));
    }

    private static SeriesEngine NewEngine() => new(new EngineScope("topic", "topic", 0, "hosts"), new EngineRules(new EngineSettings { Detector = "z-score" }));

    private static SeriesEngine Filled()
    {
        var engine = NewEngine();
        for (var i = 0; i < Series * 2; i++)
        {
            var value = ObservationCodec.Encode(new Observation { Series = $"hosts/host-{i % Series}/cpu", Time = Start.AddSeconds(i), Value = i % 97 });
            engine.Apply(new InputRecord(i, Start.AddSeconds(i).ToUnixTimeMilliseconds(), default, value), Nowhere.Instance);
        }

        return engine;
    }

    private sealed class Nowhere : IPartitionOutput
    {
        public static readonly Nowhere Instance = new();

        public bool IsLive => false;

        public void Emit(Alert alert) => throw new NotSupportedException("replay emits nothing");

        public void Emit(ScorePoint point) => throw new NotSupportedException("replay emits nothing");

        public void Reject(string stage, string code, string message) => throw new NotSupportedException(message);
    }
}
