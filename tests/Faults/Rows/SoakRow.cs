using System.Globalization;
using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>Some minutes of all sorts of faults, one every few seconds, by the seed; the detectors' memory is looked at.</summary>
internal sealed class SoakRow : IFaultRow
{
    public string Number => "31";

    public string Name => "soak with a random fault every few seconds";

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        var peak = 0.0;
        for (var fault = 0; fault < rig.Plan.Times(25); fault++)
        {
            await rig.PauseAsync(1, 5);
            var member = rig.Members.Names[rig.Random.Next(rig.Members.Names.Count)];
            peak = Math.Max(peak, Megabytes(rig.Members[member].Id));
            await InjectAsync(rig, member);
            await rig.RecoverAsync($"fault {fault + 1}");
        }

        rig.Note = $"largest resident set {peak:F0} MB; hours are for a machine of its own";
    }

    private static async Task InjectAsync(FaultRig rig, string member)
    {
        switch (rig.Random.Next(5))
        {
            case 0:
                await rig.RestartAsync(member);
                break;
            case 1:
                await rig.Members.TerminateAsync(member);
                rig.Members.Start(member);
                break;
            case 2:
                await rig.Members[member].PauseAsync();
                await rig.PauseAsync(1, 8);
                await rig.Members[member].ResumeAsync();
                break;
            case 3:
                await rig.Cluster.Redis.FlushAsync();
                break;
            default:
                rig.Cluster.Redis.Kill();
                await rig.PauseAsync(0.5, 3);
                rig.Cluster.Redis.Start();
                break;
        }
    }

    private static double Megabytes(int process) =>
        double.Parse(File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
