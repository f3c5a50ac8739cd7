using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Engine.Settings;
using Xunit;

namespace Tidewatch.Engine.Tests;

/// <summary>Other settings in the middle of a stream.</summary>
public sealed class ConfigureTests
{
    private static readonly EngineSettings Before = EngineBench.ZScore with { Profiles = [new() { Match = "slow/*", Detector = "ewma" }] };
    private static readonly EngineSettings After = EngineBench.ZScore with { Profiles = [new() { Match = "slow/*", Detector = "moving-average" }] };

    [Fact]
    public void Configure_OneProfileChanged_ItsSeriesBeginAnewAndTheOthersGoOn()
    {
        var bench = Fed(Before);
        bench.Engine.Configure(new EngineRules(After).Text);

        bench.Engine.ConfigHash.ShouldBe(new EngineRules(After).ConfigHash);
        bench.Send("fast/a", 60, 400);
        bench.Send("slow/a", 60, 400);
        bench.Output.Alerts.Select(a => a.Series).ShouldBe(["fast/a"]);
        bench.Send("slow/a", 59, 1);
        bench.Engine.Counters.OutOfOrder.ShouldBe(1, "a series that begins anew knows its newest time");
    }

    [Fact]
    public void Configure_TheSameProfiles_ChangesNoState()
    {
        var bench = Fed(Before);
        var hash = bench.Engine.StateHash();
        bench.Engine.Configure(new EngineRules(Before with { MaxSeries = 1 }).Text);
        bench.Engine.StateHash().ShouldBe(hash);

        var state = bench.Save();
        bench.Restart(state);
        bench.Engine.SeriesCount.ShouldBe(2, "a lowered limit keeps the series that are there");
    }

    /// <summary>Only the line moved: the series is warm at once, and judges by the new one.</summary>
    [Fact]
    public void Configure_ThresholdAlone_KeepsWhatWasLearned()
    {
        var (strict, lax) = (Fed(EngineBench.ZScore), Fed(EngineBench.ZScore));
        lax.Engine.Configure(new EngineRules(EngineBench.ZScore with { Threshold = 0.9 }).Text);
        lax.Engine.StateHash().ShouldBe(strict.Engine.StateHash(), "a fixed line has no state");
        foreach (var bench in new[] { strict, lax })
        {
            bench.Send("fast/a", 60, 85);
            bench.Send("slow/a", 60, 4000);
        }

        strict.Output.Alerts.Select(a => a.Series).ShouldBe(["fast/a", "slow/a"]);
        lax.Output.Alerts.Select(a => a.Series).ShouldBe(["slow/a"]);
    }

    /// <summary>A line that is learned needs its past: it is there after the change, and in the next snapshot.</summary>
    [Fact]
    public void Configure_LowestLineOfAQuantile_KeepsThePastScores()
    {
        var quantile = EngineBench.ZScore with { Rule = CutRule.Quantile, Threshold = 0.05 };
        var bench = Fed(quantile);
        var (before, state) = (bench.Engine.StateHash(), bench.Save());
        bench.Engine.Configure(new EngineRules(quantile with { Threshold = 0.06 }).Text);
        bench.Engine.StateHash().ShouldBe(before);
        bench.Save().ShouldBe(state);
        bench.Engine.Configure(new EngineRules(quantile with { Quantile = 0.9 }).Text);
        bench.Engine.StateHash().ShouldNotBe(before, "another quantile is followed anew");
    }

    [Fact]
    public void Configure_ThresholdWhileAnAlertIsOpen_ResolvesItUnderTheNewOne()
    {
        var bench = Fed(EngineBench.ZScore);
        bench.Send("fast/a", 60, 400);
        bench.Engine.Configure(new EngineRules(EngineBench.ZScore with { Threshold = 0.8 }).Text);
        bench.SendNormal("fast/a", 61, 20);
        bench.Output.Alerts.Select(a => a.State).ShouldBe([AlertState.Opened, AlertState.Resolved]);
        bench.Output.Alerts.Select(a => a.Key).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Configure_TextOfNoSettings_ThrowsAndChangesNothing()
    {
        var bench = Fed(Before);
        var hash = bench.Engine.StateHash();
        Should.Throw<FormatException>(() => bench.Engine.Configure("{\"detektor\":1}"));
        (bench.Engine.StateHash(), bench.Engine.ConfigHash).ShouldBe((hash, bench.Rules.ConfigHash));
    }

    /// <summary>Whatever can be set comes back from the text with the same hash.</summary>
    [Fact]
    public void Text_OfEveryProfileAndManySettings_GivesRulesOfTheSameHash()
    {
        EngineSettings[] several =
        [
            Before,
            EngineBench.ZScore with { Cohort = CohortRule.LastPart, ScoreInterval = TimeSpan.FromMinutes(1), MaxFuture = TimeSpan.FromSeconds(5), Threshold = 0.7, Quantile = 0.999, Direction = Detection.Thresholds.ChangeDirection.Above },
            EngineBench.ZScore with { Detector = null, Detectors = ["z-score", "ewma", "iqr"], Ensemble = new(), Adaptation = new() { SelectAfter = 500, Keep = 1 } },
            EngineBench.ZScore with { Detector = "calendar-residual", Window = null, WarmUp = null, Options = new() { ["calendar-residual"] = new() { ["Width"] = "7" } } },
            .. ProfileCatalog.All.Select(p => new EngineSettings { Profile = p.Name }),
        ];
        foreach (var settings in several)
        {
            var rules = new EngineRules(settings);
            new EngineRules(SettingsText.Read(rules.Text)).ConfigHash.ShouldBe(rules.ConfigHash, rules.Text);
        }
    }

    private static EngineBench Fed(EngineSettings settings)
    {
        var bench = new EngineBench(settings);
        bench.SendNormal("fast/a", 0, 60);
        bench.SendNormal("slow/a", 0, 60);
        return bench;
    }
}
