using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>Two processes under one name, hence with one transactional id: they fence each other, and what is published is still right.</summary>
internal sealed class SameNameRow : IFaultRow
{
    public string Number => "34";

    public string Name => "two detectors with one InstanceId";

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        await rig.PauseAsync(1, 2);
        await using (rig.Members.Twin("a"))
        {
            rig.Count();
            await rig.PauseAsync(8, 10);
        }

        await rig.RecoverAsync("the end of the twin");
    }
}
