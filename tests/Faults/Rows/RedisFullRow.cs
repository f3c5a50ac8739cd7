using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>Redis takes no more writes for want of room: snapshots are older, nothing else.</summary>
internal sealed class RedisFullRow : IFaultRow
{
    public string Number => "25a";

    public string Name => "Redis full (maxmemory reached), then kill -9 of a detector";

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        await rig.Cluster.Redis.ConfigureAsync("maxmemory", "1");
        await rig.PauseAsync(2, 3);
        await rig.RecoverAsync("Redis being full");
        await rig.RestartAsync("a");
        await rig.RecoverAsync("a kill with Redis full");
        await rig.Cluster.Redis.ConfigureAsync("maxmemory", "0");
        await rig.PauseAsync(1, 2);
    }
}
