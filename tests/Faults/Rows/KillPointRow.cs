using Tidewatch.Faults.Rig;
using Tidewatch.Faults.Rig.Wire;

namespace Tidewatch.Faults.Rows;

/// <summary>SIGKILL exactly before and exactly after each step of a transaction and of a snapshot, as the wire shows it: before, the request is never sent on; after, the server has it and nobody sees its answer.</summary>
internal sealed class KillPointRow : IFaultRow
{
    public string Number => "1b";

    public string Name => "kill -9 before and after each step of transaction and snapshot";

    public RigOptions Options => new() { Cluster = ClusterKind.Tapped };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        var points = KillPoint.Of(rig.Topics.Names);
        var rounds = rig.Plan.Times(2);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var point in points)
            {
                await KillAtAsync(rig, point, isAfter: false);
                await KillAtAsync(rig, point, isAfter: true);
            }
        }

        rig.Note = $"{points.Count} steps, before and after, {rounds} times: {string.Join(", ", points.Select(p => p.Name))}";
    }

    private static async Task KillAtAsync(FaultRig rig, KillPoint point, bool isAfter)
    {
        var what = $"kill {(isAfter ? "after" : "before")} {point.Name}";
        await rig.PauseAsync(0.2, 1);
        if (point.IsAtStart)
        {
            await rig.Members.KillAsync("a");
        }

        var ordinal = rig.Random.Next(1, point.Most + 1);
        var dead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (point.IsToRedis ? rig.Cluster.RedisTap : rig.Cluster.KafkaTap)!.Arm(r => point.IsIt(r) && Interlocked.Decrement(ref ordinal) <= 0, async stopped =>
        {
            await (isAfter ? stopped.ForwardAsync() : Task.CompletedTask);
            await rig.Members.KillAsync("a");
            dead.SetResult();
        });
        if (point.IsAtStart)
        {
            rig.Members.Start("a");
        }

        if (await Task.WhenAny(dead.Task, Task.Delay(TimeSpan.FromSeconds(60))) != dead.Task)
        {
            throw new TimeoutException($"{what}: no such request within 60 s");
        }

        rig.Members.Start("a");
        await rig.RecoverAsync(what);
    }
}
