using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Engine.Settings;
using Xunit;

namespace Tidewatch.Engine.Tests;

public sealed class SeriesEngineTests
{
    [Fact]
    public void Apply_Spike_OpensOneAlertThatSaysWhy()
    {
        var bench = new EngineBench();
        bench.SendNormal("hosts/a/cpu", 0, 60);
        bench.Send(new Observation
        {
            Series = "hosts/a/cpu",
            Time = EngineBench.Now.AddHours(-1).AddSeconds(60),
            Value = 400,
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["rack"] = "7" },
            Label = true,
        });

        var alert = bench.Output.Alerts.ShouldHaveSingleItem();
        alert.State.ShouldBe(AlertState.Opened);
        alert.Id.ShouldBe(AlertIdentity.Id("topic-id", 3, 60, "z-score", 0));
        alert.Key.ShouldBe(AlertIdentity.Key("hosts/a/cpu", "z-score"));
        (alert.Domain, alert.Detector, alert.Value, alert.Direction, alert.Severity).ShouldBe(("hosts", "z-score", 400, Direction.Spike, Severity.Extreme));
        (alert.Time, alert.OpenedAt).ShouldBe((EngineBench.Now.AddHours(-1).AddSeconds(60), EngineBench.Now.AddHours(-1).AddSeconds(60)));
        alert.Expected.ShouldNotBeNull().Upper.ShouldBeInRange(50, 80);
        alert.ZScore.ShouldNotBeNull().ShouldBeGreaterThan(20);
        alert.Attributes.ShouldNotBeNull()["rack"].ShouldBe("7");
        alert.Label.ShouldBe(true);
        alert.Source.ShouldBe(new SourcePosition("tidewatch.observations.hosts.v1", 3, 60));
        alert.Reason.ShouldStartWith("value 400 is ");
        alert.Reason.ShouldContain("standard deviations above the expected");
    }

    [Fact]
    public void Apply_DipThenNormal_OpensAndResolvesWithTheWorstSeverity()
    {
        var bench = new EngineBench();
        bench.SendNormal("s", 0, 60);
        bench.Send("s", 60, -400);
        bench.SendNormal("s", 61, 25);

        bench.Output.Alerts.Select(a => (a.State, a.Direction, a.Severity)).ShouldBe(
            [(AlertState.Opened, Direction.Dip, Severity.Extreme), (AlertState.Resolved, Direction.None, Severity.Extreme)]);
        bench.Output.Alerts[1].OpenedAt.ShouldBe(bench.Output.Alerts[0].Time);
    }

    [Fact]
    public void Apply_FeaturesInAnotherOrder_AreTheSameSeries()
    {
        var bench = new EngineBench();
        for (var i = 0; i < 60; i++)
        {
            var (a, b) = (EngineBench.Normal(i).ToString("R"), (EngineBench.Normal(i + 5) * 10).ToString("R"));
            var time = EngineBench.Now.AddSeconds(i - 600).ToUnixTimeMilliseconds();
            bench.Send(i % 2 == 0
                ? $$$"""{"series":"s","time":{{{time}}},"features":{"amount":{{{a}}},"balance":{{{b}}}}}"""
                : $$$"""{"series":"s","time":{{{time}}},"features":{"balance":{{{b}}},"amount":{{{a}}}}}""");
        }

        bench.Output.Alerts.ShouldBeEmpty();
        bench.Send($$$"""{"series":"s","time":{{{EngineBench.Now.ToUnixTimeMilliseconds()}}},"features":{"balance":9000,"amount":50}}""");

        var alert = bench.Output.Alerts.ShouldHaveSingleItem();
        alert.Value.ShouldBe(9000);
        alert.Reason.ShouldStartWith("balance 9000 is ");
        alert.Features.ShouldNotBeNull().ShouldBe(new Dictionary<string, double>(StringComparer.Ordinal) { ["amount"] = 50, ["balance"] = 9000 });
        bench.Output.Rejections.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_DuringReplay_KeepsStateAndEmitsNothing()
    {
        var (live, replayed) = (new EngineBench(), new EngineBench());
        replayed.Output.IsLive = false;
        foreach (var bench in new[] { live, replayed })
        {
            bench.SendNormal("s", 0, 60);
            bench.Send("s", 60, 400);
        }

        replayed.Output.Alerts.ShouldBeEmpty();
        replayed.Engine.StateHash().ShouldBe(live.Engine.StateHash());
    }

    [Fact]
    public void Apply_ScoreInterval_ThinsPointsByEventTime()
    {
        var bench = new EngineBench(EngineBench.ZScore with { ScoreInterval = TimeSpan.FromSeconds(10) });
        bench.SendNormal("a", 0, 41);
        bench.SendNormal("b", 3, 5);

        bench.Output.Points.Where(p => p.Series is "a").Select(p => (p.Time - EngineBench.Now.AddHours(-1)).TotalSeconds).ShouldBe([0, 10, 20, 30, 40]);
        bench.Output.Points.Count(p => p.Series is "b").ShouldBe(1);
        bench.Output.Points[^2].Expected.ShouldNotBeNull();
    }

    [Fact]
    public void Apply_ProfileMatches_UsesItsDetector()
    {
        var bench = new EngineBench(new EngineSettings
        {
            Profiles = [new ProfileSettings { Match = "hosts/*", Detector = "z-score", Window = 40, WarmUp = 20 }],
        });
        bench.SendNormal("hosts/a", 0, 60);
        bench.Send("hosts/a", 60, 1000);

        bench.Output.Alerts.ShouldHaveSingleItem().Detector.ShouldBe("z-score");
    }

    [Fact]
    public void ConfigHash_AnySettingThatDecides_Differs()
    {
        EngineSettings[] settings =
        [
            EngineBench.ZScore,
            EngineBench.ZScore with { Threshold = 0.6 },
            EngineBench.ZScore with { Window = 41 },
            EngineBench.ZScore with { MaxSeries = 5 },
            EngineBench.ZScore with { LearnGate = 5 },
            EngineBench.ZScore with { Profiles = [new ProfileSettings { Match = "a*", Window = 60 }] },
            EngineBench.ZScore with { Profiles = [new ProfileSettings { Match = "b*", Window = 60 }] },
        ];

        settings.Select(s => new EngineBench(s).Engine.ConfigHash).Distinct().Count().ShouldBe(settings.Length);
        new EngineBench(EngineBench.ZScore with { Detector = "Z-Score" }).Engine.ConfigHash.ShouldBe(new EngineBench().Engine.ConfigHash);
    }
}
