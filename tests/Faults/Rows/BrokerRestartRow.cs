using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>The one broker goes down and comes back: in order, then killed.</summary>
internal sealed class BrokerRestartRow : IFaultRow
{
    public string Number => "5a";

    public string Name => "broker restart, one broker";

    public bool IsShort => true;

    public RigOptions Options => new() { Cluster = ClusterKind.Own };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        for (var round = 0; round < rig.Plan.Times(4); round++)
        {
            await rig.PauseAsync(0.5, 2);
            rig.Cluster.Kafka.Restart(kill: round % 2 == 0);
            await rig.RecoverAsync("the broker's return");
        }
    }
}
