using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>A member stands still for longer than its session (6 s) and its transaction (15 s), while another takes over; then it goes on and must find itself fenced.</summary>
internal sealed class PauseRow(string number, bool isWide) : IFaultRow
{
    public string Number => number;

    public string Name => $"SIGSTOP {(isWide ? "for a minute and a half" : "past session and transaction timeout")}, then SIGCONT";

    public bool IsShort => !isWide;

    public bool IsWide => isWide;

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        foreach (var seconds in isWide ? new[] { 90, 90 } : rig.Plan.IsLong ? [4, 9, 20, 45] : [9])
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
