using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Detector.Settings;
using Tidewatch.Engine.Settings;
using Tidewatch.ServiceDefaults;
using Xunit;

namespace Tidewatch.Detector.Tests.Settings;

public sealed class DetectorSettingsTests
{
    [Fact]
    public void Validate_EverythingWrong_NamesEveryValue()
    {
        var errors = Errors(
            ("Detector:Detector", "magic"),
            ("Detector:MaxSeries", "0"),
            ("Detector:Threshold", "7"),
            ("Detector:CommitInterval", "00:01:00"),
            ("Detector:Profiles:0:Match", ""),
            ("Detector:Profiles:1:Match", "a*"),
            ("Detector:Profiles:1:Detector", "z-score"),
            ("Detector:Profiles:1:Window", "2"));

        errors.ShouldContain(e => e.Contains("MaxSeries", StringComparison.Ordinal));
        errors.ShouldContain(e => e.Contains("Threshold", StringComparison.Ordinal));
        errors.ShouldContain(e => e.Contains("CommitInterval", StringComparison.Ordinal));
        errors.ShouldContain(e => e.Contains("there is no detector 'magic'", StringComparison.Ordinal));
        errors.ShouldContain(e => e.Contains("Match is empty", StringComparison.Ordinal));
        errors.ShouldContain(e => e.Contains("Window", StringComparison.Ordinal) && e.Contains("z-score", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_ProfileOptionsWrong_NamesEveryValue()
    {
        var errors = Errors(
            ("Detector:Profiles:0:Match", "a*"),
            ("Detector:Profiles:0:Profile", "crypto"),
            ("Detector:Profiles:1:Match", "b*"),
            ("Detector:Profiles:1:Profile", "iot"),
            ("Detector:Profiles:1:Detector", "z-score"),
            ("Detector:Profiles:1:Options:calendar-residual:Width", "wide"),
            ("Detector:Profiles:1:Options:calendar-residual:Harmonics", "99"),
            ("Detector:Profiles:1:Options:calendar-residual:Depth", "3"),
            ("Detector:Profiles:1:Options:lof:Neighbors", "3"));

        foreach (var part in new[] { "there is no profile 'crypto'", "both given", "Width 'wide'", "Harmonics", "no option 'Depth'", "no detector 'lof'" })
        {
            errors.ShouldContain(e => e.Contains(part, StringComparison.Ordinal), part);
        }
    }

    [Fact]
    public void Validate_JudgementWrong_NamesEveryValue()
    {
        var errors = Errors(
            ("Detector:Profiles:0:Match", "a*"),
            ("Detector:Profiles:0:Detectors:0", "z-score"),
            ("Detector:Profiles:0:Detectors:1", "magic"),
            ("Detector:Profiles:0:Detectors:2", "ewmo"),
            ("Detector:Profiles:0:Quantile", "0.1"),
            ("Detector:Profiles:0:Risk", "0.9"),
            ("Detector:Profiles:0:Refractory", "-1"),
            ("Detector:Profiles:0:Release", "3"),
            ("Detector:Profiles:0:MinimumChange", "-2"),
            ("Detector:Profiles:0:Moderate", "0.9"),
            ("Detector:Profiles:1:Match", "b*"),
            ("Detector:Profiles:1:Ensemble:Name", "mean"),
            ("Detector:Profiles:2:Match", "c*"),
            ("Detector:Profiles:2:Ensemble:Name", "stacking"),
            ("Detector:Profiles:3:Match", "d*"),
            ("Detector:Profiles:3:Detectors:0", "z-score"),
            ("Detector:Profiles:3:Ensemble:Name", "weighted"),
            ("Detector:Profiles:3:Ensemble:Weights:0", "1"),
            ("Detector:Profiles:3:Ensemble:Weights:1", "1"),
            ("Detector:Profiles:4:Match", "e*"),
            ("Detector:Profiles:4:Ensemble:Name", "weighted"),
            ("Detector:Profiles:4:Ensemble:Weights:0", "-1"));

        string[] parts =
        [
            "no detector 'magic'", "no detector 'ewmo'", "Quantile", "Risk", "Refractory", "Release", "MinimumChange", "Moderate 0.9 is above Extreme 0.4",
            "no ensemble 'mean'", "stacking has no Weights", "2 Weights for 1 detectors", "Weights -1 are no weights",
        ];
        foreach (var part in parts)
        {
            errors.ShouldContain(e => e.Contains(part, StringComparison.Ordinal), part);
        }

        Errors(("Detector:Rule", "magic"), ("Detector:Direction", "up")).Count.ShouldBe(2);
    }

    [Fact]
    public void Bind_Judgement_IsTheProfiles()
    {
        var settings = Bind(
            ("Detector:Detectors:0", "z-score"), ("Detector:Detectors:1", "ewma"), ("Detector:Ensemble:Name", "Voting"), ("Detector:Rule", "spot"), ("Detector:Direction", "above"),
            ("Detector:Refractory", "30"), ("Detector:Profiles:0:Match", "a*"), ("Detector:Profiles:0:Rule", "quantile"), ("Detector:Profiles:0:Ensemble:Top", "1")).GetRequiredService<IOptions<DetectorSettings>>().Value;
        var (section, entry) = (ProfileBuilder.Build(settings), ProfileBuilder.Build(settings.Profiles[0].Over(settings)));
        (section.Ensemble.Name, section.Threshold.Rule, section.Threshold.Direction, section.Threshold.Refractory).ShouldBe(("Voting", CutRule.Spot, ChangeDirection.Above, 30));
        section.Detectors.Select(d => d.Entry.Name).ShouldBe(["z-score", "ewma"]);
        (entry.Ensemble.Name, entry.Ensemble.Top, entry.Threshold.Rule, entry.Threshold.Direction).ShouldBe(("top-mean", 1, CutRule.Quantile, ChangeDirection.Above));
        entry.Detectors.Count.ShouldBe(2);
    }

    [Fact]
    public void Build_ProfileWithAnOption_HasIt()
    {
        var settings = new ProfileSettings { Match = "iot/*", Profile = "iot", Threshold = 0.7, Options = new() { ["calendar-residual"] = new() { ["width"] = "9.5" } } };
        settings.Errors(new JudgementSettings()).ShouldBeEmpty();
        var profile = ProfileBuilder.Build(settings.Over(new JudgementSettings()));
        (profile.Name, profile.Threshold.Threshold).ShouldBe(("iot", 0.7));
        profile.Detectors[0].Options.ToString().ShouldContain("Width = 9.5");
    }

    [Fact]
    public void Validate_UnknownKey_IsNamed() => Errors(("Detector:Treshold", "0.5")).ShouldHaveSingleItem().ShouldContain("Detector:Treshold");

    [Fact]
    public void Bind_Profiles_AreRead()
    {
        var settings = Bind(
            ("Detector:Detector", "z-score"),
            ("Detector:ScoreInterval", "00:00:01"),
            ("Detector:Profiles:0:Match", "hosts/*"),
            ("Detector:Profiles:0:Window", "99"),
            ("Detector:Domains:0", "hosts")).GetRequiredService<IOptions<DetectorSettings>>().Value;

        settings.ScoreInterval.ShouldBe(TimeSpan.FromSeconds(1));
        settings.Domains.ShouldBe(["hosts"]);
        settings.Profiles.ShouldHaveSingleItem().Window.ShouldBe(99);
        settings.Profiles[0].Over(settings).Detector.ShouldBe("z-score");
    }

    [Fact]
    public void Over_AnotherDetector_TakesItsOwnWindowAndThreshold()
    {
        var merged = new ProfileSettings { Match = "*", Detector = "z-score" }.Over(new JudgementSettings { Window = 500, Threshold = 0.9, ResolveAfter = 7 });

        (merged.Window, merged.Threshold, merged.ResolveAfter).ShouldBe((null, null, 7));
    }

    private static IReadOnlyList<string> Errors(params (string Key, string Value)[] settings) =>
        Should.Throw<ConfigurationException>(() => Bind(settings).GetRequiredService<IStartupValidator>().Validate()).Errors;

    private static ServiceProvider Bind(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))).Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddStrictOptions<DetectorSettings>(configuration, "Detector").BuildServiceProvider();
    }
}
