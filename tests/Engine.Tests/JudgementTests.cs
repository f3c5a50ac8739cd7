using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Engine.Settings;
using Xunit;

namespace Tidewatch.Engine.Tests;

/// <summary>Every way to judge that the settings know: its state is in the snapshot to the bit, and it is part of the configuration's hash.</summary>
public sealed class JudgementTests
{
    private const int Length = 900;
    private static readonly EngineSettings Single = new() { Detector = "z-score", Window = 40, WarmUp = 20, ResolveAfter = 3 };
    private static readonly EngineSettings Several = new() { Detectors = ["z-score", "ewma", "iqr"], WarmUp = 20, ResolveAfter = 3 };

    private static readonly Dictionary<string, EngineSettings> Ways = new(StringComparer.Ordinal)
    {
        ["fixed"] = Single,
        ["quantile"] = Single with { Rule = CutRule.Quantile, Quantile = 0.98 },
        ["spot"] = Single with { Rule = CutRule.Spot, Risk = 0.01, Threshold = 0.2 },
        ["feedback"] = Single with { Rule = CutRule.Feedback },
        ["direction"] = Single with { Direction = ChangeDirection.Above },
        ["change"] = Single with { MinimumChange = 20 },
        ["relative change"] = Single with { MinimumRelativeChange = 0.5 },
        ["release"] = Single with { Release = 0.5 },
        ["refractory"] = Single with { Refractory = 150 },
        ["severities"] = Single with { Moderate = 0.5, Extreme = 0.9 },
        ["calibrate"] = Single with { Calibrate = true },
        ["consensus"] = Several with { Ensemble = new() { Name = "consensus", Share = 0.7 } },
        ["rank-average"] = Several with { Ensemble = new() { Name = "rank-average" } },
        ["stacking"] = Several with { Ensemble = new() { Name = "stacking", Bias = -4, Weights = [4, 2, 2] } },
        ["top-mean"] = Several,
        ["top-mean 1"] = Several with { Ensemble = new() { Top = 1 } },
        ["voting"] = Several with { Ensemble = new() { Name = "voting", Vote = 0.6 } },
        ["weighted"] = Several with { Ensemble = new() { Name = "weighted", Weights = [3, 1, 1] } },
        ["weighted by corrections"] = Several with { Ensemble = new() { Name = "weighted", Weights = [3, 1, 1], FeedbackRate = 0.5 } },
        ["drift adwin"] = Single with { Adaptation = new() { Drift = "adwin", Window = 64, Blend = 150 } },
        ["drift kswin"] = Several with { Calibrate = true, Adaptation = new() { Drift = "kswin", Window = 200, Blend = 40 } },
        ["drift page-hinkley"] = Single with { Adaptation = new() { Drift = "page-hinkley", Window = 100, Blend = 0 } },
        ["rotation"] = Several with { Adaptation = new() { Spares = ["modified-z-score"], RotateEvery = 150 } },
        ["selection"] = Several with { Adaptation = new() { SelectAfter = 500, Keep = 2 } },
        ["selection of one"] = Several with { Adaptation = new() { SelectAfter = 500 } },
        ["selection earlier, with drift"] = Several with { Adaptation = new() { Drift = "page-hinkley", Window = 100, SelectAfter = 300, Keep = 2 } },
        ["surprise-ensemble"] = new EngineSettings { Detector = "surprise-ensemble" },
        ["auto"] = new EngineSettings { Profile = "auto" },
    };

    public static TheoryData<string> Names => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Restart_InTheMiddle_GoesOnToTheByte(string name)
    {
        var (whole, broken) = (new EngineBench(Ways[name]), new EngineBench(Ways[name]));
        for (var i = 0; i < Length; i++)
        {
            whole.Send("s", i, Value(i));
            broken.Send("s", i, Value(i));
            if (i is 451 or 633)
            {
                broken.Restart(broken.Save());
            }
        }

        broken.Engine.StateHash().ShouldBe(whole.Engine.StateHash());
        broken.Output.Alerts.Select(AlertCodec.Encode).ShouldBe(whole.Output.Alerts.Select(AlertCodec.Encode));
        whole.Output.Alerts.ShouldNotBeEmpty();
    }

    [Fact]
    public void ConfigHash_EveryWay_IsAnother() => Ways.Values.Select(s => new EngineRules(s).ConfigHash).ShouldBeUnique();

    [Theory]
    [InlineData("adwim", 0, null, "there is no drift test 'adwim'; there are adwin, kswin, page-hinkley and none")]
    [InlineData("none", 0, "iqr", "1 Spares and RotateEvery 0 do not fit: give both, or neither")]
    [InlineData("none", 100, "iqrr", "there is no detector 'iqrr'")]
    [InlineData("none", 100, "iqr", "Spares wait for a place among 1 detectors")]
    public void Adaptation_ThatCannotBe_IsTold(string drift, int every, string? spare, string told)
    {
        var settings = Single with { Adaptation = new() { Drift = drift, RotateEvery = every, Spares = spare is null ? [] : [spare] } };

        string.Join('\n', ProfileBuilder.Errors(settings)).ShouldContain(told);
    }

    [Theory]
    [InlineData(500, 3, 0, "Keep 3 of 3 detectors leaves nothing to select")]
    [InlineData(500, 1, 100, "SelectAfter 500 and RotateEvery 100 both decide who votes: give one of them")]
    [InlineData(50, 1, 0, "SelectAfter 50 is too few to compare detectors by: give at least 200")]
    [InlineData(0, 2, 0, "Keep 2 without SelectAfter keeps all")]
    public void Selection_ThatCannotBe_IsTold(int after, int keep, int every, string told)
    {
        var settings = Several with { Adaptation = new() { SelectAfter = after, Keep = keep, RotateEvery = every, Spares = every > 0 ? ["modified-z-score"] : [] } };

        string.Join('\n', ProfileBuilder.Errors(settings)).ShouldContain(told);
    }

    /// <summary>What each of them buys, against the fixed threshold on the same series.</summary>
    [Fact]
    public void Alerts_ByEachRule_AreThoseItShouldLetThrough()
    {
        var plain = Opened("fixed");
        plain.Count(a => a.Direction == Direction.Dip).ShouldBeGreaterThan(0);
        Opened("direction").ShouldAllBe(a => a.Direction == Direction.Spike);
        Opened("change").ShouldAllBe(a => Math.Abs(a.Value - a.Expected!.Center) >= 20);
        Opened("refractory").Zip(Opened("refractory").Skip(1)).ShouldAllBe(p => p.Second.Time - p.First.Time > TimeSpan.FromSeconds(150));
        Opened("refractory").Count.ShouldBeInRange(2, plain.Count - 1);
        Opened("severities").Count(a => a.Severity == Severity.Extreme).ShouldBeLessThan(plain.Count(a => a.Severity == Severity.Extreme));
        Opened("voting").ShouldAllBe(a => a.Score > 0.6);
    }

    private static List<Alert> Opened(string name)
    {
        var bench = new EngineBench(Ways[name]);
        for (var i = 0; i < Length; i++)
        {
            bench.Send("s", i, Value(i));
        }

        return [.. bench.Output.Alerts.Where(a => a.State == AlertState.Opened)];
    }

    /// <summary>Ordinary, with spikes and dips of several sizes and one far beyond them at the end.</summary>
    private static double Value(int i) => i == 880 ? 500 : EngineBench.Normal(i) + (i > 200 && i % 47 == 0 ? (i % 2 == 0 ? 1 : -1) * (12 + (i % 5 * 15)) : 0);
}
