using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>Members come and go every two seconds, half of them without a word.</summary>
internal sealed class RebalanceStormRow(string number, string protocol, bool isWide = false) : IFaultRow
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    public string Number => number;

    public string Name => $"rebalance storm{(isWide ? " of five minutes" : "")}, protocol {protocol}";

    public bool IsWide => isWide;

    public RigOptions Options => new() { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Detector:GroupProtocol"] = protocol } };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync(Names[0], Names[1]);
        for (var change = 0; change < (isWide ? 150 : rig.Plan.Times(20)); change++)
        {
            await Task.Delay(2_000);
            var running = rig.Members.Names;
            var absent = Names.Except(running, StringComparer.Ordinal).ToList();
            if (absent.Count > 0 && (running.Count == 1 || rig.Random.Next(2) == 0))
            {
                rig.Members.Start(absent[rig.Random.Next(absent.Count)]);
            }
            else if (rig.Random.Next(2) == 0)
            {
                await rig.Members.KillAsync(running[rig.Random.Next(running.Count)]);
            }
            else
            {
                await rig.Members.TerminateAsync(running[rig.Random.Next(running.Count)]);
            }

            rig.Count();
        }

        await rig.RecoverAsync("the storm");
    }
}
