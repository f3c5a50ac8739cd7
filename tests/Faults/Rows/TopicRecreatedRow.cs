using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>The input topic is deleted and made again: its offsets mean other records.</summary>
internal sealed class TopicRecreatedRow(string number, bool isUp) : IFaultRow
{
    public string Number => number;

    public string Name => $"topic deleted and created again while the detector is {(isUp ? "up" : "down")}";

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        await rig.PauseAsync(1, 2);
        await rig.SettleAsync();
        if (isUp)
        {
            await rig.RecreateInputAsync();
        }
        else
        {
            await rig.Members.TerminateAsync("a");
            await rig.RecreateInputAsync();
            rig.Members.Start("a");
        }

        await rig.RefusedAsync("CHANNEL_IDENTITY", "a");
    }
}
