using Shouldly;
using Xunit;

namespace Tidewatch.Simulation;

public sealed class SimulationTests
{
    /// <summary>SEEDS (default 2,000) plans from seed FROM (default 1) on.</summary>
    private static readonly int Seeds = Setting("SEEDS", 2_000);
    private static readonly int From = Setting("FROM", 1);

    public static TheoryData<Sabotage> Sabotages => [.. Enum.GetValues<Sabotage>().Where(s => s != Sabotage.None)];

    [Fact]
    public void Run_AnySeed_KeepsThePromise()
    {
        for (var seed = From; seed < From + Seeds; seed++)
        {
            var plan = new SimulationPlan((ulong)seed);
            var violations = SimulationRun.Violations(plan);
            if (violations.Count > 0)
            {
                var smallest = Shrinker.Shrink(plan);
                var least = SimulationRun.Violations(smallest, out var trace);
                Assert.Fail($"{plan}:\n  {string.Join("\n  ", violations)}\nsmallest that fails: {smallest}:\n  {string.Join("\n  ", least)}\nwhat happened:\n  {string.Join("\n  ", trace)}");
            }
        }
    }

    [Fact]
    public void Run_UncleanElections_KeepThePromiseOrAreRefused()
    {
        for (var seed = From; seed < From + (Seeds / 4); seed++)
        {
            var plan = new SimulationPlan((ulong)seed) { IsUnclean = true };
            SimulationRun.Violations(plan, out var trace).ShouldBeEmpty($"{plan}, unclean elections; what happened:\n  {string.Join("\n  ", trace)}");
        }
    }

    [Fact]
    public void Run_LogCutBelowTheCommittedOffsetWhileItIsReplayed_IsRefusedInsteadOfWaitedFor()
    {
        SimulationRun.Violations(new SimulationPlan(744) { IsUnclean = true, FallsSilent = true }, out var trace).ShouldBeEmpty(string.Join("\n", trace));
        trace.ShouldContain(t => t.StartsWith("refused LOG_TRUNCATED", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_RecordsThatKillOnlyInReplay_AreRefusedInsteadOfDyingWithoutEnd()
    {
        var refused = 0;
        for (var seed = From; seed < From + (Seeds / 4); seed++)
        {
            var plan = new SimulationPlan((ulong)seed) { DiesInReplay = true };
            SimulationRun.Violations(plan, out var trace).ShouldBeEmpty($"{plan}, records that kill in replay; what happened:\n  {string.Join("\n  ", trace)}");
            refused += trace.Any(t => t.StartsWith("refused DEADLY_REPLAY", StringComparison.Ordinal)) ? 1 : 0;
        }

        refused.ShouldBeInRange(1, Seeds / 4 - 1, "some plans replay such a record, and some never do");
    }

    [Fact]
    public void Run_SamePlan_IsTheSameRun()
    {
        var plan = new SimulationPlan(17, Sabotage.WallClock);
        SimulationRun.Violations(plan).ShouldBe(SimulationRun.Violations(plan));
    }

    [Theory]
    [MemberData(nameof(Sabotages))]
    public void Run_Sabotaged_IsCaught(Sabotage sabotage)
    {
        var caught = Enumerable.Range(1, 500).FirstOrDefault(seed => SimulationRun.Violations(new SimulationPlan((ulong)seed, sabotage)).Count > 0);
        caught.ShouldBeGreaterThan(0, $"no seed of 500 shows {sabotage}");
        TestContext.Current.SendDiagnosticMessage("{0} caught by seed {1}", sabotage, caught);
    }

    private static int Setting(string name, int standard) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : standard;
}
