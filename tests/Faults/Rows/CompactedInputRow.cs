using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>The input topic is set to compaction: a replay would not see every record.</summary>
internal sealed class CompactedInputRow : IFaultRow
{
    public string Number => "33";

    public string Name => "input topic compacted";

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        await rig.PauseAsync(1, 2);
        await rig.SettleAsync();
        await rig.Members.TerminateAsync("a");
        await rig.CompactInputAsync();
        rig.Members.Start("a");
        await rig.RefusedAsync("COMPACTED_INPUT", "a");
    }
}
