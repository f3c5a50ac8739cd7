using Tidewatch.Faults.Rig;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rows;

/// <summary>A detector in a control group with little room: a backlog must not make it grow beyond that; then a neighbour takes the room, and the kernel kills the detector.</summary>
internal sealed class MemoryRow : IFaultRow
{
    private const int Megabytes = 320;

    public string Number => "26";

    public string Name => "memory pressure in a control group, kill by the kernel";

    public string? Missing => MemoryLimit.IsThere ? null : MemoryLimit.Missing;

    public async Task RunAsync(FaultRig rig)
    {
        using var limit = new MemoryLimit(Megabytes);
        rig.Members.Launchers["a"] = limit.Launcher;
        await rig.BeginAsync("a");
        await rig.Members.KillAsync("a");
        await Task.Delay(TimeSpan.FromSeconds(rig.Plan.IsLong ? 20 : 5));
        rig.Members.Start("a");
        await rig.RecoverAsync("a backlog");
        rig.Expect(limit.Kills == 0, $"a backlog alone made it grow past {Megabytes} MB");
        for (var round = 0; round < rig.Plan.Times(4); round++)
        {
            await rig.PauseAsync(0.5, 2);
            var before = limit.Kills;
            using var neighbour = limit.Neighbour(Megabytes - 40);
            await rig.ExpectAsync(() => Task.FromResult(rig.Members["a"].HasExited), "the kernel kills the detector");
            await neighbour.WaitForExitAsync();
            rig.Expect(limit.Kills > before, "the detector ended, and not by the kernel");
            await rig.RestartAsync("a");
            await rig.RecoverAsync("the kernel's kill");
        }

        await rig.SettleAsync();
        rig.Note = $"{limit.Kills} kills by the kernel in {Megabytes} MB; none for a backlog alone";
        await rig.Members.KillAsync("a");
    }
}
