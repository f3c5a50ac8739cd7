using System.Text;
using Tidewatch.Faults.Rig;
using Tidewatch.Faults.Rig.Wire;

namespace Tidewatch.Faults.Rows;

/// <summary>A member is killed after it gave partitions up and before it says so, and is back within its session: the group takes it for the one that was there and forgets them. The members must see that, and have them shared out anew.</summary>
internal sealed class ForgottenPartitionsRow : IFaultRow
{
    /// <summary>The first tells what the member has, the second what it still has.</summary>
    private const int SecondHalf = 2;

    /// <summary>How a JoinGroup of member a names it: its instance id, and behind it the protocol's type.</summary>
    private static readonly byte[] MemberA = [0, 1, (byte)'a', 0, 8, .. Encoding.ASCII.GetBytes("consumer")];

    public string Number => "1c";

    public string Name => "kill -9 between the halves of a rebalance, and back within the session";

    public RigOptions Options => new() { Cluster = ClusterKind.Tapped };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        for (var round = 1; round <= rig.Plan.Times(3); round++)
        {
            await rig.PauseAsync(0.2, 1);
            await KillAsync(rig);
            rig.Members.Start("a");
            await rig.RecoverAsync("the kill");
            rig.Expect(Heals(rig) == round, $"the group was made to share out {Heals(rig)} times in {round} rounds");
            await rig.Members.TerminateAsync("b");
            await rig.RecoverAsync("2 → 1");
        }

        rig.Note = $"partitions were forgotten {Heals(rig)} times";
    }

    private static async Task KillAsync(FaultRig rig)
    {
        var joins = 0;
        var dead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Cluster.KafkaTap!.Arm(
            r => KafkaRequest.Api(r) == KafkaRequest.JoinGroup && r.AsSpan().IndexOf(MemberA) >= 0 && Interlocked.Increment(ref joins) == SecondHalf,
            async _ =>
            {
                await rig.Members.KillAsync("a");
                dead.SetResult();
            });
        rig.Members.Start("b");
        await dead.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static int Heals(FaultRig rig) => rig.Members.Log.Split('\n').Count(l => l.Contains("forgotten by group", StringComparison.Ordinal));
}
