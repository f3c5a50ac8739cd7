using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Engine.Settings;
using Xunit;

namespace Tidewatch.Engine.Tests;

/// <summary>Alerts say which features and which detectors had a part in them, and how far the detectors agreed.</summary>
public sealed class AlertContributionsTests
{
    [Fact]
    public void Opened_ByThreeDetectors_NamesTheirSharesIntervalAndDisagreement()
    {
        var alert = Opened(new EngineSettings { Detectors = ["z-score", "ewma", "iqr"], WarmUp = 20 }, i => EngineBench.Normal(i) + (i == 300 ? 14 : 0));

        var detectors = alert.Contributions!.Detectors!;
        detectors.Select(c => c.Name).ShouldBeSubsetOf(["z-score", "ewma", "iqr"]);
        detectors.Select(c => c.Share).ShouldBeInOrder(SortDirection.Descending);
        detectors.Sum(c => c.Share).ShouldBe(1, 0.002);
        alert.Contributions.Features.ShouldBeNull();
        alert.Contributions.Exact.ShouldBeNull();
        alert.Interval!.Lower.ShouldBeLessThan(alert.Interval.Upper);
        alert.Disagreement!.Value.ShouldBeInRange(0.001, 0.999);
    }

    [Fact]
    public void Opened_ByTheDefaultEnsembleWithin_NamesItsMembers()
    {
        var alert = Opened(new EngineSettings { Profile = "hosts" }, i => EngineBench.Normal(i) + (i == 1500 ? 400 : 0), 1600);

        alert.Contributions!.Detectors!.Select(c => c.Name).ShouldContain("range-novelty");
        alert.Interval.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("mahalanobis", true)]
    [InlineData("z-score", true)]
    [InlineData("auto", true)]
    [InlineData("random-cut-forest", false)]
    [InlineData("knn", false)]
    public void Opened_BySeveralFeatures_NamesTheFeatureThatMoved(string name, bool isExact)
    {
        var bench = new EngineBench(name == "auto" ? new EngineSettings { Profile = "auto" } : new EngineSettings { Detector = name });
        for (var i = 0; i < 900; i++)
        {
            var features = new Dictionary<string, double>(StringComparer.Ordinal) { ["a"] = EngineBench.Normal(i), ["b"] = EngineBench.Normal(i * 7) + (i == 800 ? 90 : 0), ["c"] = EngineBench.Normal(i * 3) };
            bench.Send(new Observation { Series = "s", Time = EngineBench.Now.AddHours(-1).AddSeconds(i), Features = features });
        }

        var contributions = bench.Output.Alerts.Last(a => a.State == AlertState.Opened).Contributions!;
        contributions.Features![0].Name.ShouldBe("b");
        contributions.Features[0].Share.ShouldBeGreaterThan(0.8);
        contributions.Exact.ShouldBe(isExact);
    }

    [Fact]
    public void Alert_OfOneDetectorOrResolved_SaysNothing()
    {
        var bench = new EngineBench();
        bench.SendNormal("s", 0, 100);
        bench.Send("s", 100, 500);
        bench.SendNormal("s", 101, 100);

        bench.Output.Alerts.Select(a => a.State).ShouldBe([AlertState.Opened, AlertState.Resolved]);
        bench.Output.Alerts.ShouldAllBe(a => a.Contributions == null && a.Interval == null && a.Disagreement == null);
        Run(new EngineSettings { Detectors = ["z-score", "ewma", "iqr"], WarmUp = 20 }, i => EngineBench.Normal(i) + (i == 300 ? 60 : 0), 400)
            .Where(a => a.State == AlertState.Resolved).ShouldAllBe(a => a.Contributions == null && a.Interval == null);
    }

    private static Alert Opened(EngineSettings settings, Func<int, double> value, int count = 400) => Run(settings, value, count).Last(a => a.State == AlertState.Opened);

    private static List<Alert> Run(EngineSettings settings, Func<int, double> value, int count)
    {
        var bench = new EngineBench(settings);
        for (var i = 0; i < count; i++)
        {
            bench.Send("s", i, value(i));
        }

        return bench.Output.Alerts;
    }
}
