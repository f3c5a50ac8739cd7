using System.Diagnostics;
using Tidewatch.Faults.Oracle;
using Tidewatch.Faults.Report;
using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults;

/// <summary>Runs one row from its servers to its verdict.</summary>
internal static class FaultRunner
{
    /// <summary>Runs it, and once more where servers or proxies failed before the row did anything to them; the table says so.</summary>
    public static async Task<RowResult> RunAsync(IFaultRow row, FaultPlan plan)
    {
        var (result, brokeOff) = await AttemptAsync(row, plan, $"row{row.Number}");
        if (brokeOff is null || result.Faults > 0)
        {
            return result;
        }

        var again = (await AttemptAsync(row, plan, $"row{row.Number}-again")).Result;
        var remark = $"run again, for a first attempt broke off before its fault: {brokeOff.GetType().Name} {brokeOff.Message.Split('\n')[0]}";
        return again with { Note = again.Note.Length > 0 ? $"{again.Note}; {remark}" : remark };
    }

    private static async Task<(RowResult Result, Exception? BrokeOff)> AttemptAsync(IFaultRow row, FaultPlan plan, string prefix)
    {
        var clock = Stopwatch.StartNew();
        FaultRig rig;
        try
        {
            rig = await FaultRig.StartAsync(prefix, plan, row.Options);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (new RowResult(row.Number, row.Name, 0, Verdict.None, [], [$"the servers did not start: {e}"], "", clock.Elapsed, ""), e);
        }

        await using (rig)
        {
            var brokeOff = await TryAsync(row, rig);
            return (new RowResult(row.Number, row.Name, rig.Faults, rig.Verdict ?? Verdict.None, [.. rig.Recoveries], [.. rig.Violations], rig.Note, clock.Elapsed, rig.Violations.Count > 0 ? rig.Members.Log : ""), brokeOff);
        }
    }

    private static async Task<Exception?> TryAsync(IFaultRow row, FaultRig rig)
    {
        try
        {
            await row.RunAsync(rig);
            await (rig.Verdict is null ? rig.SettleAsync() : Task.CompletedTask);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            rig.Violate($"broke off: {e}");
            return e;
        }
    }
}
