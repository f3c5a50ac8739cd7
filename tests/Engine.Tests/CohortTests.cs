using Shouldly;
using Tidewatch.Engine.Settings;
using Xunit;

namespace Tidewatch.Engine.Tests;

/// <summary>A series that begins with what its cohort has learned.</summary>
public sealed class CohortTests
{
    private static readonly EngineSettings Cohort = EngineBench.ZScore with { Cohort = CohortRule.LastPart };

    [Theory]
    [InlineData(CohortRule.None, 0)]
    [InlineData(CohortRule.LastPart, 1)]
    [InlineData(CohortRule.Profile, 1)]
    public void Observe_SpikeInANewSeries_IsSeenWhereItsCohortIsWarm(CohortRule rule, int alerts)
    {
        var bench = Warm(EngineBench.ZScore with { Cohort = rule });
        bench.SendNormal("c/cpu", 60, 5);
        bench.Output.Alerts.ShouldBeEmpty();

        bench.Send("c/cpu", 65, 400);

        bench.Output.Alerts.Select(a => a.Series).ShouldBe(Enumerable.Repeat("c/cpu", alerts));
    }

    [Fact]
    public void Observe_NewSeriesOfAnotherSize_LearnsFromTheOneOfItsSize()
    {
        var bench = Warm(Cohort);
        for (var i = 0; i < 60; i++)
        {
            bench.Send("z/cpu", i, 100 * EngineBench.Normal(i));
        }

        for (var i = 60; i < 75; i++)
        {
            bench.Send("b/cpu", i, 100 * EngineBench.Normal(i));
        }

        bench.Output.Alerts.ShouldBeEmpty();
        bench.Send("b/cpu", 75, 50);
        bench.Output.Alerts.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("c/cpu", 1e6)]
    [InlineData("c/memory", 50)]
    public void Observe_NothingLikeIt_LearnsAlone(string series, double value)
    {
        var (cohort, alone) = (Warm(Cohort), Warm(EngineBench.ZScore));
        foreach (var bench in new[] { cohort, alone })
        {
            bench.Send(series, 60, value);
        }

        cohort.Engine.StateHash().ShouldBe(alone.Engine.StateHash());
    }

    [Fact]
    public void Observe_TheOnlyOneLikeItHasAnOpenAlert_LearnsAlone()
    {
        var bench = new EngineBench(Cohort);
        bench.SendNormal("a/cpu", 0, 60);
        bench.Send("a/cpu", 60, 400);
        bench.SendNormal("c/cpu", 61, 5);
        bench.Send("c/cpu", 66, 400);

        bench.Output.Alerts.Select(a => a.Series).ShouldBe(["a/cpu"]);
    }

    [Fact]
    public void Observe_NewSeries_LeavesItsNeighboursAsTheyAre()
    {
        var bench = new EngineBench(Cohort with { Calibrate = true });
        bench.SendNormal("a/cpu", 0, 200);
        var (before, hash) = (bench.Save(), bench.Engine.StateHash());
        bench.Engine.Begin();
        bench.SendNormal("c/cpu", 200, 1);
        bench.Engine.Rollback();

        bench.Engine.StateHash().ShouldBe(hash);
        bench.Save().ShouldBe(before);
    }

    [Fact]
    public void Rollback_OfASeriesThatWasPrimed_ThenAgain_IsTheSame()
    {
        var (once, twice) = (Warm(Cohort), Warm(Cohort));
        twice.Engine.Begin();
        twice.SendNormal("c/cpu", 60, 5);
        twice.Engine.Rollback();
        once.SendNormal("c/cpu", 60, 3);
        twice.SendNormal("c/cpu", 60, 3);

        twice.Engine.StateHash().ShouldBe(once.Engine.StateHash());
    }

    [Fact]
    public void ConfigHash_WithoutCohorts_IsAsItWasBeforeThereWereAny()
    {
        new EngineRules(EngineBench.ZScore with { Cohort = CohortRule.None }).ConfigHash.ShouldBe(new EngineRules(EngineBench.ZScore).ConfigHash);
        new EngineRules(Cohort).ConfigHash.ShouldNotBe(new EngineRules(EngineBench.ZScore).ConfigHash);
    }

    private static EngineBench Warm(EngineSettings settings)
    {
        var bench = new EngineBench(settings);
        bench.SendNormal("a/cpu", 0, 60);
        return bench;
    }
}
