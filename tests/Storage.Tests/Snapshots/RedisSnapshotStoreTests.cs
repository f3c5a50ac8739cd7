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
    public async Task Read_ChunkChangedOrGone_GivesTheOtherSlot()
    {
        var store = await OpenAsync();
        await store.WriteAsync(Make(1, 100, 1_200_000), default);
        await store.WriteAsync(Make(1, 200, 1_200_000), default);
        var database = await _connection!.DatabaseAsync(default);

        await database.StringSetRangeAsync(Key("b:1"), 77, "x");
        (await store.ReadAsync(Identity, default)).Select(s => s.Offset).ShouldBe([100]);

        await database.KeyDeleteAsync(Key("a:2"));
        (await store.ReadAsync(Identity, default)).ShouldBeEmpty();
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
    public async Task Write_SmallerThanBefore_LeavesNoStaleChunkAndNothingExpires()
    {
        var store = await OpenAsync();
        await store.WriteAsync(Make(1, 100, 2_000_000), default);
        await store.WriteAsync(Make(1, 200, 2_000_000), default);
        await store.WriteAsync(Make(1, 300, 10), default);
        var database = await _connection!.DatabaseAsync(default);

        (await database.KeyExistsAsync(Key("a:1"))).ShouldBeFalse();
        (await database.KeyExistsAsync(Key("b:3"))).ShouldBeTrue();
        foreach (var key in new[] { Key("a"), Key("a:0"), Key("b"), Key("b:0") })
        {
            (await database.KeyTimeToLiveAsync(key)).ShouldBeNull();
            (await database.StringLengthAsync(Key("b:0"))).ShouldBeLessThanOrEqualTo(RedisSnapshotStore.ChunkBytes);
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

        (await store.WriteAsync(Make(1, 300, 10), default)).ShouldBeTrue();
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

    private Task<HealthCheckResult> CheckAsync() => new RedisHealthCheck(_connection!).CheckHealthAsync(new HealthCheckContext());
}
