using Tidewatch.Faults.Rig;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rows;

/// <summary>The file system of Redis' append-only file is full: Redis refuses writes, snapshots are older, detection goes on; once there is room snapshots go on by themselves.</summary>
internal sealed class RedisDiskRow : IFaultRow
{
    public string Number => "25b";

    public string Name => "the disk of Redis full, then kill -9 of a detector";

    public string? Missing => SmallDisk.IsThere ? null : SmallDisk.Missing;

    public RigOptions Options => new() { RedisDiskMegabytes = 64 };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        for (var round = 0; round < rig.Plan.Times(3); round++)
        {
            await rig.ExpectAsync(rig.Cluster.Redis.HasSnapshotAsync, "a snapshot is in Redis");
            rig.Cluster.Disk!.Fill(left: 0);
            await rig.PauseAsync(3, 4);
            var stuck = await rig.Cluster.Redis.NewestSnapshotAsync();
            await rig.PauseAsync(2, 3);
            rig.Expect(await rig.Cluster.Redis.NewestSnapshotAsync() == stuck, "Redis takes snapshots although its disk is full");
            await rig.RecoverAsync("the full disk");
            await rig.RestartAsync("a");
            await rig.RecoverAsync("a kill with the disk full");
            rig.Cluster.Disk.Free();
            await rig.ExpectAsync(async () => await rig.Cluster.Redis.NewestSnapshotAsync() > stuck, "snapshots go on without repair");
        }
    }
}
