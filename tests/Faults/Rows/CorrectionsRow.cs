using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>One record in twenty is a correction, which moves thresholds and learn gates, and members are killed at random moments among them.</summary>
internal sealed class CorrectionsRow : IFaultRow
{
    private static readonly string[] Names = ["a", "b"];

    public string Number => "35";

    public string Name => "corrections among the observations, with kill -9";

    public RigOptions Options => new() { Corrections = 50, Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Detector:Rule"] = "Feedback" } };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync(Names);
        for (var kill = 1; kill <= rig.Plan.Times(10); kill++)
        {
            await rig.PauseAsync(0.5, 2);
            await rig.RestartAsync(Names[rig.Random.Next(Names.Length)]);
            await rig.RecoverAsync($"kill {kill}");
        }

        var applied = (await Task.WhenAll(Names.Select(n => rig.Members[n].MetricsAsync()))).SelectMany(m => m).Count(m => m.StartsWith("tidewatch_corrections_applied_total", StringComparison.Ordinal));
        rig.Expect(applied > 0, "no member counted a correction");
    }
}
