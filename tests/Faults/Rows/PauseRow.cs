using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>A member stands still for longer than its session (6 s) and its transaction (15 s), while another takes over; then it goes on and must find itself fenced.</summary>
internal sealed class PauseRow : IFaultRow
{
    public string Number => "3";

    public string Name => "SIGSTOP past session and transaction timeout, then SIGCONT";

    public bool IsShort => true;

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        foreach (var seconds in rig.Plan.IsWide ? new[] { 4, 9, 20, 90 } : rig.Plan.IsLong ? [4, 9, 20, 45] : [9])
        {
            await rig.PauseAsync(0.2, 1);
            await rig.Members["a"].PauseAsync();
            var recovery = rig.RecoverAsync($"SIGSTOP for {seconds} s");
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            await rig.Members["a"].ResumeAsync();
            await recovery;
            await rig.PauseAsync(2, 3);
        }
    }
}
