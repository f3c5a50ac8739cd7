using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>Ten times as much poison, duplicates, late and future records as every other row has, and a kill among them.</summary>
internal sealed class BadInputRow(string number, string name) : IFaultRow
{
    public string Number => number;

    public string Name => name;

    public RigOptions Options => new() { BadTimes = 10 };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        await rig.PauseAsync(2, 4);
        await rig.RestartAsync("a");
        await rig.RecoverAsync("a kill");
        rig.Note = "a record on which the detector itself fails is the simulation's";
    }
}
