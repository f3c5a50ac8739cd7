using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>The primary Redis dies and a replica that has lagged is promoted: the snapshots there are older, and a detector killed then begins from one of them. The old primary returns as a replica.</summary>
internal sealed class RedisFailoverRow : IFaultRow
{
    public string Number => "13";

    public string Name => "Redis failover to a replica that lags, then kill -9 of a detector";

    public RigOptions Options => new() { HasRedisReplica = true };

    public async Task RunAsync(FaultRig rig)
    {
        var pair = rig.Cluster.Pair!;
        await pair.FollowAsync();
        await rig.BeginAsync("a", "b");
        var lost = 0L;
        for (var round = 0; round < rig.Plan.Times(6); round++)
        {
            await rig.ExpectAsync(async () => await pair.Replica.NewestSnapshotAsync() > 0, "a snapshot is at the replica");
            await pair.LagAsync();
            await rig.PauseAsync(3, 5);
            await rig.ExpectAsync(async () => await pair.Replica.NewestSnapshotAsync() < await pair.Primary.NewestSnapshotAsync(), "a newer snapshot is at the primary alone");
            var (newest, stale) = (await pair.Primary.NewestSnapshotAsync(), await pair.Replica.NewestSnapshotAsync());
            rig.Expect(stale < newest, $"the replica does not lag: {stale} against {newest}");
            lost += newest - stale;
            pair.Primary.Kill();
            await pair.PromoteAsync();
            await rig.RestartAsync(rig.Members.Names[round % 2]);
            await rig.RecoverAsync("the failover and a kill");
            await rig.ExpectAsync(async () => await pair.Primary.NewestSnapshotAsync() > newest, "snapshots go on at the promoted replica");
            pair.Replica.Start();
            await pair.FollowAsync();
            await rig.RecoverAsync("the old primary's return");
        }

        rig.Note = $"the promoted replica's newest snapshot was {lost / rig.Plan.Times(6):N0} records behind on average";
    }
}
