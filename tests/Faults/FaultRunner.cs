using System.Diagnostics;
using Tidewatch.Faults.Report;
using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults;

/// <summary>Runs one row from its servers to its verdict.</summary>
internal static class FaultRunner
{
    public static async Task<RowResult> RunAsync(IFaultRow row, FaultPlan plan)
    {
        var clock = Stopwatch.StartNew();
        await using var rig = await FaultRig.StartAsync($"row{row.Number}", plan, row.Options);
        await row.RunAsync(rig);
        var verdict = await rig.SettleAsync();
        return new RowResult(row.Number, row.Name, rig.Faults, verdict, [.. rig.Recoveries], [.. rig.Violations], rig.Note, clock.Elapsed, rig.Violations.Count > 0 ? rig.Members.Log : "");
    }
}
