using Shouldly;
using Tidewatch.Detection.Profiles;
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
