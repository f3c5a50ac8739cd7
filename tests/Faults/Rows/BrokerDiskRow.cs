using Tidewatch.Faults.Rig;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rows;

/// <summary>The broker's disk is full: it refuses or ends. The detector waits, alive and not ready; with room and the broker back everything goes on, and nothing acknowledged is lost.</summary>
internal sealed class BrokerDiskRow : IFaultRow
{
    private const long Left = 2_000_000;

    public string Number => "25c";

    public string Name => "the disk of the broker full";

    public string? Missing => SmallDisk.IsThere ? null : SmallDisk.Missing;

    public RigOptions Options => new() { Cluster = ClusterKind.Own, KafkaDiskMegabytes = 400 };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        for (var round = 0; round < rig.Plan.Times(2); round++)
        {
            await rig.PauseAsync(1, 2);
            rig.Cluster.Disk!.Fill(Left);
            await rig.ExpectAsync(async () => !await rig.Members["a"].IsAsync("ready"), "readiness is red");
            await rig.PauseAsync(3, 5);
            rig.Expect(await rig.Members["a"].IsAsync("live"), "liveness is red although only the broker's disk is full");
            rig.Cluster.Disk.Free();
            rig.Cluster.Kafka.Restart(kill: true);
            await rig.RecoverAsync("room on the disk and the broker's return");
            await rig.ExpectAsync(() => rig.Members["a"].IsAsync("ready"), "readiness is green again");
        }
    }
}
