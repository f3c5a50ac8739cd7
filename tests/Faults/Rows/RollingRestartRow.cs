using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>Every member in turn is asked to end, and comes back.</summary>
internal sealed class RollingRestartRow : IFaultRow
{
    public string Number => "2";

    public string Name => "SIGTERM, rolling restart";

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        for (var round = 0; round < rig.Plan.Times(3); round++)
        {
            foreach (var member in rig.Members.Names)
            {
                await rig.PauseAsync(0.5, 2);
                await rig.Members.TerminateAsync(member);
                rig.Members.Start(member);
                await rig.RecoverAsync($"the restart of {member}");
            }
        }
    }
}
