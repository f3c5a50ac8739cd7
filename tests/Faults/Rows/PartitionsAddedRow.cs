using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>The input gets more partitions under a running detector: keys move, state would be split.</summary>
internal sealed class PartitionsAddedRow : IFaultRow
{
    public string Number => "19";

    public string Name => "partitions added while up";

    public bool IsShort => true;

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        await rig.PauseAsync(1, 2);
        await rig.SettleAsync();
        await rig.AddPartitionsAsync(to: rig.Options.Partitions + 2);
        await rig.RefusedAsync("PARTITION_COUNT", "a");
    }
}
