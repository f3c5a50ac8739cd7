using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>kill -9 of one broker of three after the other, among them leaders and both coordinators; the others go on meanwhile.</summary>
internal sealed class BrokerKillRow : IFaultRow
{
    public string Number => "5b";

    public string Name => "kill -9 of each of three brokers";

    public RigOptions Options => new() { Cluster = ClusterKind.Three };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        for (var broker = 1; broker <= rig.Cluster.Kafka.Brokers; broker++)
        {
            await rig.PauseAsync(0.5, 2);
            rig.Cluster.Kafka.Stop(broker, kill: true);
            await rig.RecoverAsync($"the loss of broker {broker}");
            rig.Cluster.Kafka.Start();
            await rig.PauseAsync(2, 4);
        }
    }
}
