using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Storage.Sqlite;
using Xunit;

namespace Tidewatch.Storage.Tests.Sqlite;

public sealed class SqliteAnomalyStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidewatch-sqlite-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task WriteAsync_Twice_IsOnceAndReadsBackEqual()
    {
        var store = Store();
        var alerts = Enumerable.Range(0, 5).Select(i => SampleAlerts.Of(i)).ToList();

        await store.WriteAsync(alerts, default);
        await store.WriteAsync(alerts, default);

        var read = await store.ReadAsync(new AnomalyQuery(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), default);
        read.Select(a => Convert.ToHexString(AlertCodec.Encode(a))).ShouldBe(alerts.AsEnumerable().Reverse().Select(a => Convert.ToHexString(AlertCodec.Encode(a))));
    }

    [Fact]
    public async Task ReadAsync_SeriesRangeAndLimit_AreKept()
    {
        var store = Store();
        await store.WriteAsync([.. Enumerable.Range(0, 10).Select(i => SampleAlerts.Of(i, i % 2 == 0 ? "even'; DROP TABLE anomalies; --" : "odd"))], default);

        var read = await store.ReadAsync(new AnomalyQuery(SampleAlerts.Start.AddSeconds(2), SampleAlerts.Start.AddSeconds(8), "even'; DROP TABLE anomalies; --", Limit: 2), default);

        read.Select(a => a.Time).ShouldBe([SampleAlerts.Start.AddSeconds(6), SampleAlerts.Start.AddSeconds(4)]);
    }

    [Fact]
    public async Task ReadAsync_OtherInstance_SeesWhatWasWritten()
    {
        await Store().WriteAsync([SampleAlerts.Of(1)], default);

        (await Store().ReadAsync(new AnomalyQuery(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task WriteAsync_TwoWritersAtOnce_LoseNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(w => Task.Run(async () =>
        {
            var store = Store();
            for (var i = 0; i < 10; i++)
            {
                await store.WriteAsync([SampleAlerts.Of((w * 100) + i)], default);
            }
        })));

        (await Store().ReadAsync(new AnomalyQuery(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), default)).Count.ShouldBe(40);
    }

    [Fact]
    public async Task CheckHealthAsync_FolderIsAFile_IsUnhealthy()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        var store = new SqliteAnomalyStore(Options.Create(new OutputOptions { Folder = file }));

        (await store.CheckHealthAsync(new HealthCheckContext())).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    private SqliteAnomalyStore Store() => new(Options.Create(new OutputOptions { Folder = _folder }));
}
