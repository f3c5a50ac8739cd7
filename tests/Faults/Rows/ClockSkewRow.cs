using Confluent.Kafka;
using Tidewatch.Faults.Rig;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rows;

/// <summary>Two members whose wall clocks are two hours apart, take partitions over from each other by kill -9, and see their clocks step while they run. No wall clock is in state, so nothing may differ.</summary>
internal sealed class ClockSkewRow : IFaultRow
{
    private static readonly TimeSpan Visible = TimeSpan.FromMinutes(30);

    public string Number => "24";

    public string Name => "clocks of the detectors an hour ahead and behind, and stepping, with kill -9";

    public string? Missing => FakeClock.IsThere ? null : FakeClock.Missing;

    public async Task RunAsync(FaultRig rig)
    {
        using var ahead = new FakeClock("+59m");
        using var behind = new FakeClock("-60m");
        rig.Members.Launchers["a"] = ahead.Launcher;
        rig.Members.Launchers["b"] = behind.Launcher;
        await rig.BeginAsync("a", "b");
        for (var round = 0; round < rig.Plan.Times(4); round++)
        {
            foreach (var member in rig.Members.Names)
            {
                await rig.PauseAsync(1, 2);
                await rig.RestartAsync(member);
                await rig.RecoverAsync($"a kill of {member}");
            }

            var (forward, back) = round % 2 == 0 ? (behind, ahead) : (ahead, behind);
            forward.Set("+59m");
            back.Set("-60m");
            await rig.PauseAsync(2, 3);
            await rig.RecoverAsync("the clocks' steps");
        }

        await rig.SettleAsync();
        var skews = (await rig.Topics.ReadToEndAsync(rig.Topics.Names.Progress, TimeSpan.FromSeconds(60))).ConvertAll(r => r.Message.Timestamp.UtcDateTime - TimeProvider.System.GetUtcNow().UtcDateTime);
        rig.Expect(skews.Exists(s => s > Visible) && skews.Exists(s => s < -Visible), "no link of the chain bears a clock that was set: the clocks were not");
    }
}
