using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>The detector is killed and comes back with another configuration, and is killed again: what was learned goes on, each link names the settings that it went through, and the offline run follows them.</summary>
internal sealed class ConfigChangeRow : IFaultRow
{
    public string Number => "28";

    public string Name => "configuration changed by a restart, with kill -9";

    public bool IsShort => true;

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        for (var round = 0; round < rig.Plan.Times(4); round++)
        {
            var changed = new Dictionary<string, string>(StringComparer.Ordinal) { ["Detector:Window"] = $"{50 + round}" };
            await rig.PauseAsync(1, 2);
            await rig.Members.KillAsync("a");
            rig.StartWith(changed, "a");
            await rig.RecoverAsync("the change");
            await rig.PauseAsync(0.5, 1.5);
            await rig.Members.KillAsync("a");
            rig.StartWith(changed, "a");
            await rig.RecoverAsync("a kill after the change");
        }

        var switches = rig.Progress.Last(0)?.Configs?.Count - 1 ?? 0;
        rig.Expect(switches >= rig.Plan.Times(4), $"the chain names {switches} changes in one life of the state: each was to be gone on from");
        rig.Note = $"{switches} changes of settings in the chain of partition 0";
    }
}
