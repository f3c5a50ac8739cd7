using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>No broker at all for a while: the detectors wait, alive and not ready, and nobody need restart them.</summary>
internal sealed class AllBrokersDownRow : IFaultRow
{
    public string Number => "6";

    public string Name => "all brokers down";

    public RigOptions Options => new() { Cluster = ClusterKind.Own };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        rig.Cluster.Kafka.Stop(1, kill: true);
        await rig.ExpectAsync(async () => !await rig.Members["a"].IsAsync("ready"), "readiness is red");
        await Task.Delay(TimeSpan.FromSeconds(rig.Plan.IsLong ? 60 : 10));
        rig.Expect(await rig.Members["a"].IsAsync("live"), "liveness is red although only the broker is away");
        rig.Cluster.Kafka.Start();
        await rig.RecoverAsync("the brokers' return");
        await rig.ExpectAsync(() => rig.Members["a"].IsAsync("ready"), "readiness is green again");
    }
}
