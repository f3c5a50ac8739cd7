using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>The detectors cannot reach the broker that coordinates their group, then that of a member's transactions, while it is well and leads on for everybody else: no other takes its place.</summary>
internal sealed class CoordinatorCutRow : IFaultRow
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(20);

    public string Number => "7h";

    public string Name => "the coordinator alone cut off: the group's, then a member's transactions'";

    public RigOptions Options => new() { Cluster = ClusterKind.ThreeProxied };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        for (var round = 0; round < rig.Plan.Times(2); round++)
        {
            await CutAsync(rig, "the group's coordinator", Coordinators.OfGroup(rig));
            await CutAsync(rig, "a's transaction coordinator", Coordinators.OfTransactions(rig, "a"));
        }
    }

    private static async Task CutAsync(FaultRig rig, string what, int broker)
    {
        await rig.PauseAsync(0.5, 2);
        await rig.Cluster.Proxy!.CutAsync($"kafka-{broker}");
        await Task.Delay(Cut);
        await rig.Cluster.Proxy.HealAsync();
        await rig.RecoverAsync($"{what}, broker {broker}, was reached again");
    }
}
