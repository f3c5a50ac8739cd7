using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>An operator, or time, changes the group's offsets while no detector runs.</summary>
/// <param name="number">Number in the matrix.</param>
/// <param name="name">What is done.</param>
/// <param name="reason">What the detector says.</param>
/// <param name="by">How far partition 0's offset is moved; null to delete all of them.</param>
internal sealed class OffsetRow(string number, string name, string reason, long? by) : IFaultRow
{
    public string Number => number;

    public string Name => name;

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        await rig.PauseAsync(1, 2);
        await rig.SettleAsync();
        await rig.Members.TerminateAsync("a");
        await rig.Feed.SendRoundAsync();
        await (by is { } distance ? rig.MoveOffsetAsync(distance) : rig.DeleteOffsetsAsync());
        rig.Members.Start("a");
        await rig.RefusedAsync(reason, "a");
    }
}
