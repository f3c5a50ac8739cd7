using System.Text;
using Tidewatch.Faults.Rig;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rows;

/// <summary>InfluxDB answers 429, 500 and 503 for a while: detection does not notice, and afterwards every alert arrives.</summary>
internal sealed class SinkRow : IFaultRow
{
    public string Number => "27a";

    public string Name => "InfluxDB answers 429, 500, 503";

    public async Task RunAsync(FaultRig rig)
    {
        await using var influx = new InfluxStub(FreePort.Next());
        await rig.BeginAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Influx:Url"] = influx.Url, ["Influx:Token"] = "token", ["Influx:Backoff"] = "00:00:00.100" }, "a");
        foreach (var status in new[] { 429, 500, 503 })
        {
            influx.Status = status;
            await rig.PauseAsync(2, 3);
            await rig.RecoverAsync($"InfluxDB's {status}");
        }

        rig.Expect(influx.Refused > 0, "InfluxDB was never asked");
        influx.Status = 204;
        await rig.SettleAsync();
        var alerts = (await rig.Topics.ReadToEndAsync(rig.Topics.Names.Alerts, TimeSpan.FromSeconds(60))).ConvertAll(a => Encoding.UTF8.GetString(a.Message.Headers.GetLastBytes("ce_id")));
        await rig.ExpectAsync(() => Task.FromResult(influx.Missing(alerts) == 0), "every alert has arrived at InfluxDB");
        rig.Note = $"{influx.Refused} requests refused, every alert arrived";
    }
}
