using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>An operator lets Redis evict: health says so with the remedy, detection goes on.</summary>
internal sealed class RedisPolicyRow : IFaultRow
{
    public string Number => "16";

    public string Name => "Redis maxmemory-policy allkeys-lru";

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        await rig.Cluster.Redis.ConfigureAsync("maxmemory-policy", "allkeys-lru");
        await rig.ExpectAsync(async () => await rig.Members["a"].DownAsync() is ["redis"], "health names redis");
        await rig.RecoverAsync("the change of policy");
        await rig.Cluster.Redis.ConfigureAsync("maxmemory-policy", "noeviction");
        await rig.ExpectAsync(async () => await rig.Members["a"].DownAsync() is [], "health is well again");
    }
}
