using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>Redis is killed with snapshots in flight, returns from its append-only file, and a detector is killed too.</summary>
internal sealed class RedisKillRow : IFaultRow
{
    public string Number => "12";

    public string Name => "Redis kill -9 (AOF everysec), then kill -9 of a detector";

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        for (var round = 0; round < rig.Plan.Times(10); round++)
        {
            await rig.PauseAsync(0.5, 3);
            rig.Cluster.Redis.Kill();
            rig.Cluster.Redis.Start();
            await rig.RestartAsync(rig.Members.Names[round % 2]);
            await rig.RecoverAsync("Redis' return and kill");
        }
    }
}
