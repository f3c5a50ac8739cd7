namespace Tidewatch.Simulation;

/// <summary>Makes a failing plan smaller for as long as it still fails: fewer faults first, then fewer records, members, partitions.</summary>
public static class Shrinker
{
    public static SimulationPlan Shrink(SimulationPlan failing)
    {
        for (var smaller = Smaller(failing).FirstOrDefault(Fails); smaller is not null; smaller = Smaller(failing).FirstOrDefault(Fails))
        {
            failing = smaller;
        }

        return failing;
    }

    private static bool Fails(SimulationPlan plan) => SimulationRun.Violations(plan).Count > 0;

    private static IEnumerable<SimulationPlan> Smaller(SimulationPlan plan)
    {
        if (plan.MaxFaults > 0)
        {
            yield return plan with { MaxFaults = plan.MaxFaults / 2 };
            yield return plan with { MaxFaults = plan.MaxFaults - 1 };
        }

        if (plan.Records > 1)
        {
            yield return plan with { Records = plan.Records / 2 };
        }

        if (plan.Members > 1)
        {
            yield return plan with { Members = plan.Members - 1 };
        }

        if (plan.Partitions > 1)
        {
            yield return plan with { Partitions = plan.Partitions - 1 };
        }
    }
}
