using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>kill -9 of exactly the broker that coordinates the group, then of the one that coordinates a member's transactions.</summary>
internal sealed class CoordinatorKillRow : IFaultRow
{
    public string Number => "5c";

    public string Name => "kill -9 of the group's coordinator, then of a transaction coordinator";

    public RigOptions Options => new() { Cluster = ClusterKind.Three };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        for (var round = 0; round < rig.Plan.Times(2); round++)
        {
            await KillAsync(rig, "the group's coordinator", () => Coordinators.OfGroup(rig));
            await KillAsync(rig, "a's transaction coordinator", () => Coordinators.OfTransactions(rig, "a"));
        }
    }

    private static async Task KillAsync(FaultRig rig, string what, Func<int> coordinator)
    {
        await rig.PauseAsync(0.5, 2);
        var broker = coordinator();
        rig.Cluster.Kafka.Stop(broker, kill: true);
        await rig.RecoverAsync($"the loss of {what}, broker {broker}");
        rig.Expect(coordinator() != broker, $"broker {broker} is {what} still, though it is dead");
        rig.Cluster.Kafka.Start();
        await rig.PauseAsync(2, 4);
    }
}
