using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tidewatch.Faults.Rig;
using Tidewatch.Storage;
using Tidewatch.Storage.Influx;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rows;

/// <summary>InfluxDB's disk is full: it answers 500, detection does not notice; a detector is killed meanwhile. With room and InfluxDB back every alert is a point, once.</summary>
/// <remarks>InfluxDB is ended before there is room: it may refuse writes for good once it could not open a shard, and what it takes after a half-written entry of its log may be gone when it is started again.</remarks>
internal sealed class InfluxDiskRow : IFaultRow
{
    public string Number => "25d";

    public string Name => "the disk of InfluxDB full, then kill -9 of a detector";

    public string? Missing => !SmallDisk.IsThere ? SmallDisk.Missing : InfluxServer.IsThere ? null : InfluxServer.Missing;

    public async Task RunAsync(FaultRig rig)
    {
        using var disk = new SmallDisk(64);
        await using var influx = (await InfluxServer.StartAsync(Path.Combine(disk.Folder, "influx")))!;
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Influx:Url"] = influx.Url, ["Influx:Token"] = InfluxServer.Token, ["Influx:Backoff"] = "00:00:00.100" };
        await rig.BeginAsync(settings, "a");
        for (var round = 0; round < rig.Plan.Times(2); round++)
        {
            await rig.PauseAsync(1, 2);
            disk.Fill(left: 0);
            await rig.ExpectAsync(async () => await rig.Members["a"].DownAsync() is ["influx", "anomaly-writer"], "health names InfluxDB and the writer of anomalies, and nothing else");
            await rig.RecoverAsync("the full disk");
            await rig.Members.KillAsync("a");
            rig.Members.Start(settings, "a");
            await rig.RecoverAsync("a kill with the disk full");
            await influx.StopAsync();
            disk.Free();
            await influx.BeginAsync();
            await rig.ExpectAsync(async () => await rig.Members["a"].DownAsync() is [], "health is well again");
        }

        await rig.SettleAsync();
        var alerts = (await rig.Topics.ReadToEndAsync(rig.Topics.Names.Alerts, TimeSpan.FromSeconds(60))).ConvertAll(a => Encoding.UTF8.GetString(a.Message.Headers.GetLastBytes("ce_id")));
        await rig.ExpectAsync(async () => (await PointsAsync(influx)).Order(StringComparer.Ordinal).SequenceEqual(alerts.Order(StringComparer.Ordinal)), "every alert is a point in InfluxDB, and none is two");
        rig.Note = $"{(await PointsAsync(influx)).Count} points of {alerts.Count} alerts";
    }

    private static async Task<IReadOnlyList<string>> PointsAsync(InfluxServer influx)
    {
        var options = Options.Create(new InfluxOptions { Url = influx.Url, Token = InfluxServer.Token });
        using var client = new InfluxClient(options, TimeProvider.System);
        var store = new InfluxAnomalyStore(client, options, NullLogger<InfluxAnomalyStore>.Instance);
        return [.. (await store.ReadAsync(new AnomalyQuery(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100), Limit: 1_000_000), default)).Select(a => a.Id)];
    }
}
