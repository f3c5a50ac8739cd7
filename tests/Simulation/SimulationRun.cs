using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Simulation;

/// <summary>One run of a plan: a phase with faults, then rest, then the oracle.</summary>
public static class SimulationRun
{
    private const int FaultSteps = 600;
    private const int RestSteps = 60_000;
    private const long TransactionTimeoutMs = 15_000;
    private const long SessionTimeoutMs = 10_000;

    /// <summary>What the oracle found; empty when the promise was kept.</summary>
    public static IReadOnlyList<string> Violations(SimulationPlan plan) => Violations(plan, out _);

    /// <summary>The same, with what happened.</summary>
    public static IReadOnlyList<string> Violations(SimulationPlan plan, out IReadOnlyList<string> trace)
    {
        var world = new World(plan);
        var members = Enumerable.Range(0, plan.Members).Select(i => new Member(world, $"member-{i}")).ToList();
        members.ForEach(world.Scheduler.Add);
        trace = world.Scheduler.Trace;
        try
        {
            world.Scheduler.Run(FaultSteps, () => Watch(world, members) && world.IsAtRest());
            world.Scheduler.AllowsFaults = false;
            if (plan.IsUnclean)
            {
                world.WriteOn();
            }

            var rested = world.Scheduler.Run(RestSteps, () => Watch(world, members) && (members.Exists(m => m.Refusals.Count > 0) || (world.IsAtRest() && Held(world, members))));
            if (world.Scheduler.Failure is { } failure)
            {
                return [$"a member failed: {failure}"];
            }

            var refusals = members.SelectMany(m => m.Refusals).ToList();
            refusals.ForEach(r => world.Scheduler.Trace.Add($"refused {r}"));
            return refusals.Count > 0 ? [.. refusals.Where(r => !plan.Allows(r.Reason)).Select(r => $"refused {r}")] : rested ? new Oracle(world).Violations(members) : ["it did not come to rest"];
        }
        finally
        {
            world.Scheduler.Dispose();
        }
    }

    /// <summary>What time does to a cluster: sleepers lose their membership, old transactions are aborted, short retention bites. Always true.</summary>
    private static bool Watch(World world, List<Member> members)
    {
        foreach (var member in members.Where(m => m.SleepsUntilMs - world.Broker.NowMs > SessionTimeoutMs))
        {
            world.Broker.Groups.Leave(member.Name);
        }

        world.Broker.Transactions.Expire(TransactionTimeoutMs);
        foreach (var (topic, partition) in world.Broker.InputPartitions)
        {
            Interfere(world, topic, partition);
        }

        return true;
    }

    private static void Interfere(World world, string topic, int partition)
    {
        if (world.Is(Sabotage.MissingOffsetIsZero) && world.Scheduler.Fault(0.002))
        {
            world.Broker.Groups.Force(World.Group, topic, partition, null);
        }

        if (world.Plan.IsUnclean && world.Scheduler.Fault(0.004))
        {
            world.Elect(world.Broker.Log(topic, partition));
        }

        if (world.Is(Sabotage.DropFencing))
        {
            world.Broker.Log(topic, partition).TruncateBelow(world.Durable.Newest(partition));
        }
    }

    /// <summary>Whether every partition is held live by exactly one member, so that its state can be looked at.</summary>
    private static bool Held(World world, List<Member> members) =>
        members.SelectMany(m => m.States()).Select(s => s.Partition).Order().SequenceEqual(Enumerable.Range(0, world.Plan.Partitions));
}
