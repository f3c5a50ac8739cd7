using System.Text;
using Tidewatch.Faults.Rig;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rows;

/// <summary>The notifier's webhook refuses, fails and answers too late, and the notifier is killed meanwhile: detection does not notice, and afterwards every alert has arrived, though the receiver drops what it takes for a repeat.</summary>
internal sealed class NotifierRow : IFaultRow
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public string Number => "27b";

    public string Name => "the notifier's webhook answers 429, 500, 503, or late; kill -9 of the notifier";

    public async Task RunAsync(FaultRig rig)
    {
        await using var receiver = new WebhookStub(FreePort.Next());
        var settings = Settings(rig, receiver);
        await rig.BeginAsync("a");
        var notifier = new NotifierProcess(settings);
        try
        {
            foreach (var status in new[] { 429, 500, 503 })
            {
                receiver.Status = status;
                await rig.PauseAsync(2, 3);
                await rig.RecoverAsync($"the webhook's {status}");
            }

            receiver.Status = 204;
            for (var round = 0; round < rig.Plan.Times(5); round++)
            {
                receiver.Late = 2 * (int)Timeout.TotalMilliseconds;
                await rig.PauseAsync(2, 4);
                await notifier.KillAsync();
                await notifier.DisposeAsync();
                receiver.Late = 0;
                notifier = new NotifierProcess(settings);
                await rig.RecoverAsync("a late webhook and a kill of the notifier");
                await rig.PauseAsync(2, 4);
            }

            rig.Expect(receiver.Refused > 0, "the webhook was never asked");
            await rig.SettleAsync();
            var alerts = (await rig.Topics.ReadToEndAsync(rig.Topics.Names.Alerts, TimeSpan.FromSeconds(60))).ConvertAll(a => Encoding.UTF8.GetString(a.Message.Headers.GetLastBytes("ce_id")));
            await rig.ExpectAsync(() => Task.FromResult(receiver.Missing(alerts) == 0), "every alert has arrived at the webhook", TimeSpan.FromSeconds(60));
            rig.Note = $"{receiver.Refused} requests refused, {receiver.Repeats} repeats known by their key, {receiver.Doubled} alerts twice after a kill, {receiver.Missing(alerts)} of {alerts.Count} missing";
        }
        finally
        {
            await notifier.DisposeAsync();
        }
    }

    private static Dictionary<string, string> Settings(FaultRig rig, WebhookStub receiver) => new(StringComparer.Ordinal)
    {
        ["Kafka:BootstrapServers"] = rig.Cluster.ForDetectors,
        ["Kafka:TopicPrefix"] = rig.Topics.Prefix,
        ["Output:Folder"] = Directory.CreateTempSubdirectory("tidewatch-faults-").FullName,
        ["Notifier:Email:Enabled"] = "false",
        ["Notifier:Console:Enabled"] = "false",
        ["Notifier:Webhook:Enabled"] = "true",
        ["Notifier:Webhook:Url"] = receiver.Url,
        ["Notifier:Webhook:Interval"] = "00:00:00",
        ["Notifier:Webhook:Timeout"] = Timeout.ToString("c"),
        ["Notifier:Webhook:Endings"] = "true",
    };
}
