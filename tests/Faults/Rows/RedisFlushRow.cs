using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>Every snapshot in Redis is gone, and with it the fencing token, and a member is killed before the next one: the durable topic or the input must do.</summary>
internal sealed class RedisFlushRow : IFaultRow
{
    public string Number => "11";

    public string Name => "Redis FLUSHALL, then kill -9 of a detector";

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        for (var round = 0; round < rig.Plan.Times(10); round++)
        {
            await rig.PauseAsync(0.5, 3);
            await rig.Cluster.Redis.FlushAsync();
            await rig.RestartAsync(rig.Members.Names[round % 2]);
            await rig.RecoverAsync("FLUSHALL and kill");
        }
    }
}
