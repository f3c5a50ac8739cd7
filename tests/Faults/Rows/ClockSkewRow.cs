using Tidewatch.Faults.Rig;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rows;

/// <summary>Two members whose wall clocks are hours apart, take partitions over from each other by kill -9, and see their clocks step while they run. No wall clock is in state, and brokers stamp what detectors write, so nothing may differ.</summary>
/// <param name="number">Of the row.</param>
/// <param name="name">Of the row.</param>
/// <param name="minutes">How far ahead one clock is, and the other behind.</param>
internal sealed class ClockSkewRow(string number, string name, int minutes) : IFaultRow
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    public string Number => number;

    public string Name => name;

    public string? Missing => FakeClock.IsThere ? null : FakeClock.Missing;

    public async Task RunAsync(FaultRig rig)
    {
        using var a = new FakeClock(Offset(minutes));
        using var b = new FakeClock(Offset(-minutes));
        rig.Members.Launchers["a"] = a.Launcher;
        rig.Members.Launchers["b"] = b.Launcher;
        await rig.BeginAsync("a", "b");
        var ahead = minutes;
        for (var round = 0; round < rig.Plan.Times(4); round++)
        {
            foreach (var member in rig.Members.Names)
            {
                await rig.PauseAsync(1, 2);
                await rig.RestartAsync(member);
                await rig.RecoverAsync($"a kill of {member}");
            }

            await rig.ExpectAsync(() => IsAheadAsync(rig, "a", ahead), $"a's clock is {ahead} minutes ahead");
            await rig.ExpectAsync(() => IsAheadAsync(rig, "b", -ahead), $"b's clock is {-ahead} minutes ahead");
            ahead = -ahead;
            a.Set(Offset(ahead));
            b.Set(Offset(-ahead));
            await rig.PauseAsync(2, 3);
            await rig.RecoverAsync("the clocks' steps");
        }
    }

    private static string Offset(int minutes) => $"{minutes:+0;-0}m";

    private static async Task<bool> IsAheadAsync(FaultRig rig, string member, int minutes) =>
        await rig.Members[member].ClockAsync() is { } clock && (clock - TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(minutes)).Duration() < Tolerance;
}
