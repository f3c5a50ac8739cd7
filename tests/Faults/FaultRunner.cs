using System.Diagnostics;
using Tidewatch.Faults.Oracle;
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
        try
        {
            await row.RunAsync(rig);
            await (rig.Verdict is null ? rig.SettleAsync() : Task.CompletedTask);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            rig.Violate($"broke off: {e}");
        }

        return new RowResult(row.Number, row.Name, rig.Faults, rig.Verdict ?? Verdict.None, [.. rig.Recoveries], [.. rig.Violations], rig.Note, clock.Elapsed, rig.Violations.Count > 0 ? rig.Members.Log : "");
    }
}
