using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>Every chunk in Redis has a flipped bit or is gone while the detector is dead: checksums must say so, and the durable topic or the input take its place.</summary>
internal sealed class RedisDamageRow : IFaultRow
{
    public string Number => "14";

    public string Name => "Redis: flipped bits and missing chunks";

    public bool IsShort => true;

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        for (var round = 0; round < rig.Plan.Times(5); round++)
        {
            await rig.PauseAsync(1, 2);
            await rig.ExpectAsync(rig.Cluster.Redis.HasSnapshotAsync, "a snapshot is in Redis");
            await rig.Members.KillAsync("a");
            var damaged = await rig.Cluster.Redis.DamageAsync(rig.Random);
            rig.Expect(damaged > 0, "no chunk was there to be damaged");
            rig.Members.Start("a");
            await rig.RecoverAsync($"damage to {damaged} chunks");
            await rig.ExpectAsync(
                async () => (await rig.Members["a"].MetricsAsync()).Any(m => m.StartsWith("tidewatch_snapshots_damaged_total", StringComparison.Ordinal) && !m.EndsWith(" 0", StringComparison.Ordinal)), "damage is counted");
        }
    }
}
