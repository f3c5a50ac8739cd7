using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>SIGKILL at random moments, one kill in four during the return from the one before. Chosen points are row 1b's.</summary>
internal sealed class KillRow : IFaultRow
{
    public string Number => "1";

    public string Name => "kill -9 of a detector at random moments";

    public bool IsShort => true;

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        for (var kill = 0; kill < rig.Plan.Kills; kill++)
        {
            await rig.PauseAsync(0.2, 1.5);
            var victim = rig.Members.Names[rig.Random.Next(2)];
            await rig.Members.KillAsync(victim);
            rig.Members.Start(victim);
            if (rig.Random.Next(4) == 0)
            {
                rig.Count();
            }
            else
            {
                await rig.RecoverAsync($"kill {kill + 1}");
            }
        }
    }
}
