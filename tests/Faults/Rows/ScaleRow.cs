using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>One member, then four, then two, under load.</summary>
internal sealed class ScaleRow : IFaultRow
{
    public string Number => "30";

    public string Name => "scale 1 → 4 → 2 under load";

    public bool IsShort => true;

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        for (var round = 0; round < rig.Plan.Times(3); round++)
        {
            rig.Members.Start("b", "c", "d");
            await rig.RecoverAsync("1 → 4");
            await rig.PauseAsync(2, 3);
            await Task.WhenAll(rig.Members.TerminateAsync("c"), rig.Members.TerminateAsync("d"));
            await rig.RecoverAsync("4 → 2");
            await rig.PauseAsync(1, 2);
            await rig.Members.TerminateAsync("b");
            await rig.RecoverAsync("2 → 1");
        }
    }
}
