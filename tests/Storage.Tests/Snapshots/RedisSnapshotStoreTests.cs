using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using StackExchange.Redis;
using Tidewatch.Contracts.State;
using Tidewatch.Storage.Snapshots;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Storage.Tests.Snapshots;

public sealed class RedisSnapshotStoreTests : SnapshotStoreContract, IAsyncDisposable
{
    private readonly RedisServer? _server = RedisServer.Program is null ? null : new RedisServer();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private RedisConnection? _connection;

    [Fact]
    public async Task Load_ChunkChangedOrGone_IsRefused()
    {
        var store = await OpenAsync();
        await store.WriteAsync(Make(1, 100, 1_200_000), default);
        await store.WriteAsync(Make(1, 200, 1_200_000), default);
        var database = await _connection!.DatabaseAsync(default);

        var read = await store.ReadAsync(Identity, default);
        await database.StringSetRangeAsync(Key("1-200:1"), 77, "x");
        (await store.LoadAsync(read[0], default)).ShouldBeNull();
        (await store.LoadAsync(read[1], default)).ShouldNotBeNull();

        await database.KeyDeleteAsync(Key("1-100:2"));
        (await store.LoadAsync(read[1], default)).ShouldBeNull();
    }

    [Fact]
    public async Task Read_ManifestThatIsNotOne_IsLeftOut()
    {
        var store = await OpenAsync();
        await store.WriteAsync(Make(1, 100, 10), default);
        await (await _connection!.DatabaseAsync(default)).HashSetAsync(Key("a"), "body", "{\"offset\":");

        (await store.ReadAsync(Identity, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_OverAnOlderSnapshot_LeavesNoChunkOfItAndNothingExpires()
    {
        var store = await OpenAsync();
        await store.WriteAsync(Make(1, 100, 2_000_000), default);
        await store.WriteAsync(Make(1, 200, 2_000_000), default);
        await store.WriteAsync(Make(1, 300, 10), default);
        var database = await _connection!.DatabaseAsync(default);

        (await database.KeyExistsAsync(Key("1-100:1"))).ShouldBeFalse();
        (await database.KeyExistsAsync(Key("1-200:3"))).ShouldBeTrue();
        foreach (var key in new[] { Key("a"), Key("1-300:0"), Key("b"), Key("1-200:0") })
        {
            (await database.KeyExistsAsync(key)).ShouldBeTrue();
            (await database.KeyTimeToLiveAsync(key)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task NextEpoch_CounterLost_IsAboveTheManifests()
    {
        var store = await OpenAsync();
        await store.WriteAsync(Make(41, 100, 10), default);
        await (await _connection!.DatabaseAsync(default)).KeyDeleteAsync(Key("epoch"));

        (await store.NextEpochAsync(Identity, default)).ShouldBe(42);
    }

    [Fact]
    public async Task Write_ServerKilledAndBack_FailsFastThenGoesOn()
    {
        var store = await OpenAsync();
        await store.WriteAsync(Make(1, 100, 10), default);
        _server!.Kill();
        await Should.ThrowAsync<Exception>(() => store.WriteAsync(Make(1, 200, 10), default));
        (await CheckAsync()).Description!.ShouldContain("detection goes on");

        _server.Start();
        var deadline = TimeProvider.System.GetTimestamp();
        while ((await CheckAsync()).Status != HealthStatus.Healthy && TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(50);
        }

        (await store.WriteAsync(Make(1, 300, 10), default)).ShouldBe(WriteOutcome.Written);
    }

    [Fact]
    public async Task Write_ChunkGoneBeforeTheManifest_IsNotShown()
    {
        var store = await OpenAsync();
        var database = await _connection!.DatabaseAsync(default);
        var lost = Task.Run(async () =>
        {
            while (!await database.KeyDeleteAsync(Key("1-100:0")))
            {
                await Task.Yield();
            }
        });
        var outcome = await store.WriteAsync(Make(1, 100, 40_000_000), default);
        await lost;

        outcome.ShouldBe(WriteOutcome.BaseLost);
        (await store.ReadAsync(Identity, default)).ShouldBeEmpty();
    }

    /// <summary>What the first format left in Redis: a whole state in chunks under the slot's name, written by version 0.1 of this store.</summary>
    [Fact]
    public async Task Load_TheFirstFormat_IsReadAndFollowedByAWholeState()
    {
        var store = await OpenAsync();
        var database = await _connection!.DatabaseAsync(default);
        var folder = Path.Combine(AppContext.BaseDirectory, "golden");
        await database.HashSetAsync(KeyOfThree("a"), [new("epoch", 5), new("offset", 78), new("chunks", 1), new("body", await File.ReadAllBytesAsync(Path.Combine(folder, "snapshot-v1.manifest.json")))]);
        await database.StringSetAsync(KeyOfThree("a:0"), await File.ReadAllBytesAsync(Path.Combine(folder, "snapshot-v1.state")));

        var identity = Identity with { Partition = 3, ConfigHash = 14922514719157097253 };
        var manifest = (await store.ReadAsync(identity, default)).ShouldHaveSingleItem();
        (manifest.Offset, manifest.ReplayFrom, manifest.Epoch, manifest.SeriesCount).ShouldBe((78, 78, 5, 3));
        (await store.LoadAsync(manifest, default))!.ShouldHaveSingleItem().Bytes.Length.ShouldBe(912);

        var next = new Snapshot(manifest with { Offset = 90, Segments = [.. manifest.Segments, SnapshotSegment.Of("5-1", 90, new byte[9])] }, new byte[9]);
        (await store.WriteAsync(next, default)).ShouldBe(WriteOutcome.BaseLost);
        (await store.WriteAsync(next with { Manifest = next.Manifest with { Segments = [next.Manifest.Segments[1]] } }, default)).ShouldBe(WriteOutcome.Written);
    }

    [Fact]
    public async Task Health_EvictionPolicy_NamesTheRemedy()
    {
        await OpenAsync();
        (await CheckAsync()).Status.ShouldBe(HealthStatus.Healthy);
        await (await _connection!.DatabaseAsync(default)).ExecuteAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");

        var check = await CheckAsync();
        check.Status.ShouldBe(HealthStatus.Degraded);
        check.Description!.ShouldContain("CONFIG SET maxmemory-policy noeviction");
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _server?.Dispose();
        await _services.DisposeAsync();
    }

    protected override Task<ISnapshotStore> OpenAsync()
    {
        if (_server is null)
        {
            Assert.Skip(RedisServer.Missing);
        }

        var options = Options.Create(new RedisOptions { Configuration = _server.Configuration, Timeout = TimeSpan.FromSeconds(5) });
        _connection = new RedisConnection(options, NullLogger<RedisConnection>.Instance);
        return Task.FromResult<ISnapshotStore>(new RedisSnapshotStore(_connection, options, TimeProvider.System, _services.GetRequiredService<IMeterFactory>()));
    }

    private static RedisKey Key(string tail) => $"tidewatch:snapshot:detector:{{topic-id:2}}:{tail}";

    private static RedisKey KeyOfThree(string tail) => $"tidewatch:snapshot:detector:{{topic-id:3}}:{tail}";

    private Task<HealthCheckResult> CheckAsync() => new RedisHealthCheck(_connection!).CheckHealthAsync(new HealthCheckContext());
}
