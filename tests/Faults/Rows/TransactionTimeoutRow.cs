using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>The only member stands still inside a transaction until the coordinator ends it (15 s, looked after every 10 s), but within its session.</summary>
internal sealed class TransactionTimeoutRow : IFaultRow
{
    public string Number => "9";

    public string Name => "transaction timeout within the session";

    public RigOptions Options => new() { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Detector:SessionTimeout"] = "00:01:30" } };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        for (var round = 0; round < rig.Plan.Times(2); round++)
        {
            await rig.PauseAsync(0.5, 1.5);
            await rig.Members["a"].PauseAsync();
            await Task.Delay(TimeSpan.FromSeconds(28));
            await rig.Members["a"].ResumeAsync();
            await rig.RecoverAsync("SIGCONT");
        }
    }
}
