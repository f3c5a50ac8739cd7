using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>No Redis for a while: detection goes on without a stall, health says so; a detector killed meanwhile returns by the durable topic or the input.</summary>
internal sealed class RedisDownRow(string number, bool isWide) : IFaultRow
{
    public string Number => number;

    public string Name => $"Redis down{(isWide ? " for ten minutes" : "")}, detection goes on; kill -9 of a detector meanwhile";

    public bool IsWide => isWide;

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        rig.Cluster.Redis.Kill();
        await rig.RecoverAsync("the loss of Redis");
        for (var second = 0; second < (isWide ? 600 : rig.Plan.IsLong ? 60 : 4); second++)
        {
            await Task.Delay(1_000);
            await rig.RecoverAsync("Redis being away");
        }

        await rig.ExpectAsync(async () => await rig.Members["a"].DownAsync() is ["redis"], "health names redis and nothing else");
        await rig.RestartAsync("b");
        await rig.RecoverAsync("a kill without Redis");
        rig.Cluster.Redis.Start();
        await rig.ExpectAsync(async () => await rig.Members["a"].DownAsync() is [], "health is well again");
    }
}
