using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Storage.Influx;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Storage.Tests.Influx;

/// <summary>Against a real InfluxDB 2.</summary>
public sealed class InfluxAnomalyStoreTests(InfluxAnomalyStoreTests.Server server) : IClassFixture<InfluxAnomalyStoreTests.Server>
{
    [Fact]
    public async Task WriteAsync_Alerts_ReadBackEqualNewestFirst()
    {
        var store = Store();
        var alerts = Enumerable.Range(0, 20).Select(i => SampleAlerts.Of(i, "plain")).ToList();

        await store.WriteAsync(alerts, default);

        ShouldBeSame(await ReadAsync(store, "plain"), alerts.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task WriteAsync_Twice_IsOnce()
    {
        var store = Store();
        var alerts = Enumerable.Range(0, 5).Select(i => SampleAlerts.Of(i, "twice")).ToList();

        await store.WriteAsync(alerts, default);
        await store.WriteAsync(alerts, default);

        (await ReadAsync(store, "twice")).Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("with space, comma = and \\ inside")]
    [InlineData("ends with \\")]
    [InlineData("quote \" and ${r} and \\\" too")]
    [InlineData("line\nbreak\tand\u0001control")]
    [InlineData("дом/室/🌊")]
    [InlineData("a\\,b")]
    public async Task WriteAsync_AnySeriesName_ReadsBackByThatName(string series)
    {
        var store = Store();

        await store.WriteAsync([SampleAlerts.Of(0, series), SampleAlerts.Of(0, series + "2")], default);

        (await ReadAsync(store, series)).ShouldHaveSingleItem().Series.ShouldBe(series);
    }

    [Fact]
    public async Task ReadAsync_RangeAndLimit_AreKept()
    {
        var store = Store();
        await store.WriteAsync([.. Enumerable.Range(0, 10).Select(i => SampleAlerts.Of(i, "range"))], default);

        var read = await store.ReadAsync(new AnomalyQuery(SampleAlerts.Start.AddSeconds(2), SampleAlerts.Start.AddSeconds(8), "range", Limit: 3), default);

        read.Select(a => a.Time).ShouldBe([SampleAlerts.Start.AddSeconds(7), SampleAlerts.Start.AddSeconds(6), SampleAlerts.Start.AddSeconds(5)]);
    }

    [Fact]
    public async Task ReadAsync_Nothing_IsEmpty() => (await ReadAsync(Store(), "nobody")).ShouldBeEmpty();

    [Fact]
    public async Task WriteAsync_WrongToken_IsRefusedAndUnhealthy()
    {
        var store = Store(token: "wrong");

        (await Should.ThrowAsync<InfluxException>(() => store.WriteAsync([SampleAlerts.Of(0)], default))).Refused.ShouldBeTrue();

        var health = await store.CheckHealthAsync(new HealthCheckContext());
        health.Status.ShouldBe(HealthStatus.Unhealthy);
        health.Description!.ShouldContain("Influx:Token");
    }

    [Fact]
    public async Task WriteAsync_BadLineAmongGoodOnes_RealServerKeepsTheGoodOnes()
    {
        using var client = new InfluxClient(OptionsFor("tidewatch-token"), TimeProvider.System);

        var rejected = await client.WriteAsync(["mixed v=1 1700000000000", "no line at all", "mixed v=2 1700000000001"], default);

        rejected.ShouldHaveSingleItem().Reason.ShouldContain("no line at all");
        (await client.QueryAsync("""from(bucket: "anomalies") |> range(start: 0) |> filter(fn: (r) => r._measurement == "mixed") |> count()""", default)).ShouldContain(",2,v,mixed");
    }

    [Fact]
    public async Task CheckHealthAsync_ServerGoneAndBack_SaysSo()
    {
        var store = Store();
        await store.WriteAsync([SampleAlerts.Of(0, "outage")], default);
        await server.Influx.StopAsync();
        try
        {
            (await store.CheckHealthAsync(new HealthCheckContext())).Status.ShouldBe(HealthStatus.Unhealthy);
            await Should.ThrowAsync<InfluxException>(() => store.WriteAsync([SampleAlerts.Of(1, "outage")], default));
        }
        finally
        {
            await server.Influx.BeginAsync();
        }

        await store.WriteAsync([SampleAlerts.Of(1, "outage")], default);
        (await store.CheckHealthAsync(new HealthCheckContext())).Status.ShouldBe(HealthStatus.Healthy);
        (await ReadAsync(store, "outage")).Count.ShouldBe(2);
    }

    private static void ShouldBeSame(IEnumerable<Alert> read, IEnumerable<Alert> written) =>
        read.Select(Contracts.Codecs.AlertCodec.Encode).Select(Convert.ToHexString).ShouldBe(written.Select(Contracts.Codecs.AlertCodec.Encode).Select(Convert.ToHexString));

    private static Task<IReadOnlyList<Alert>> ReadAsync(InfluxAnomalyStore store, string series) =>
        store.ReadAsync(new AnomalyQuery(SampleAlerts.Start.AddDays(-1), SampleAlerts.Start.AddDays(1), series), default);

    private InfluxAnomalyStore Store(string token = InfluxServer.Token) =>
        new(new InfluxClient(OptionsFor(token), TimeProvider.System), OptionsFor(token), NullLogger<InfluxAnomalyStore>.Instance);

    private IOptions<InfluxOptions> OptionsFor(string token) =>
        Options.Create(new InfluxOptions { Url = server.Influx.Url, Org = InfluxServer.Org, Bucket = InfluxServer.Bucket, Token = token, Backoff = TimeSpan.FromMilliseconds(10) });

    public sealed class Server : IAsyncLifetime
    {
        private InfluxServer? _influx;

        /// <summary>Skips the test when there is none.</summary>
        public InfluxServer Influx
        {
            get
            {
                Assert.SkipWhen(_influx is null, InfluxServer.Missing);
                return _influx;
            }
        }

        public async ValueTask InitializeAsync() => _influx = await InfluxServer.StartAsync();

        public ValueTask DisposeAsync() => _influx?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
