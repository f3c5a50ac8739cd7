using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>While the detector is down the input loses records that nobody has judged: refused, and with policy cold begun anew with marked alerts.</summary>
internal sealed class RetentionGapRow : IFaultRow
{
    public string Number => "17";

    public string Name => "DeleteRecords past the committed offset";

    public RigOptions Options => new() { Partitions = 1 };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        await rig.PauseAsync(2, 3);
        await rig.SettleAsync();
        await rig.Members.TerminateAsync("a");
        await rig.Feed.SendRoundAsync();
        await rig.DeleteInputRecordsAsync(0, before: rig.Feed.Written[0] - 1);
        rig.Members.Start("a");
        await rig.RefusedAsync("RETENTION_GAP", "a");
        await rig.Members.TerminateAsync("a");
        rig.Members.Start(new Dictionary<string, string>(StringComparer.Ordinal) { ["Detector:OnLostState"] = "Cold" }, "a");
        await rig.RecoverAsync("the cold start");
        rig.Expect(rig.Progress.Links.Count(l => l.ColdStart) == 1, "the cold start is marked in the chain once");
        rig.Note = "refused RETENTION_GAP; policy cold goes on, marked";
    }
}
