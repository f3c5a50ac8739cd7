using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Engine.Offline;
using Tidewatch.Engine.Settings;
using Xunit;

namespace Tidewatch.Engine.Tests;

/// <summary>Corrections that move the weights of a series' ensemble: part of its state, of its hash, of what is undone and replayed.</summary>
public sealed class FeedbackWeightTests
{
    private const string Cpu = "hosts/web-1/cpu";

    /// <summary>A spike is one to the z-score and to the quartiles; who looks for values that stand still is calm, and takes their weight when they are told that they were wrong.</summary>
    private static readonly EngineSettings Unmoved = new() { Detectors = ["z-score", "iqr", "stuck-value"], WarmUp = 20, ResolveAfter = 3, Threshold = 0.3, Ensemble = new() { Name = "weighted" } };
    private static readonly EngineSettings Moved = Unmoved with { Ensemble = Unmoved.Ensemble! with { FeedbackRate = 1 } };

    [Fact]
    public void FalseAlarms_OfTheSameDetectors_OpenNoAlertInTheEndAndOnlyInThatSeries()
    {
        var (told, untold) = (new EngineBench(Moved), new EngineBench(Moved));
        told.SendNormal("other", 0, 60);
        for (var round = 0; round < 12; round++)
        {
            var before = told.Output.Alerts.Count(IsOpened);
            Spike(told, round);
            Spike(untold, round);
            if (told.Output.Alerts.Count(IsOpened) > before)
            {
                Answer(told, Feedback.FalseAlarm);
            }
        }

        told.Output.Alerts.Count(IsOpened).ShouldBeLessThan(untold.Output.Alerts.Count(IsOpened));
        var opened = told.Output.Alerts.Count(IsOpened);
        Spike(told, 12);
        told.Output.Alerts.Count(IsOpened).ShouldBe(opened);
        told.Send("other", 60, 85);
        told.Output.Alerts.Last().Series.ShouldBe("other");
    }

    [Fact]
    public void Confirmed_RaisesWhoWasRight()
    {
        var (told, untold) = (new EngineBench(Moved), new EngineBench(Moved));
        for (var round = 0; round < 6; round++)
        {
            Spike(told, round);
            Spike(untold, round);
            Answer(told, Feedback.Confirmed);
        }

        told.Output.Alerts.Last(IsOpened).Score.ShouldBeGreaterThan(untold.Output.Alerts.Last(IsOpened).Score);
    }

    /// <summary>Alerts say the same as without the rate, to the byte, as long as nobody answers.</summary>
    [Fact]
    public void NoCorrection_AlertsAreTheSame()
    {
        var (moved, unmoved) = (new EngineBench(Moved), new EngineBench(Unmoved));
        for (var round = 0; round < 6; round++)
        {
            Spike(moved, round);
            Spike(unmoved, round);
        }

        moved.Output.Alerts.Select(AlertCodec.Encode).ShouldBe(unmoved.Output.Alerts.Select(AlertCodec.Encode));
        new EngineRules(Unmoved).Text.ShouldNotContain("feedback", Case.Insensitive);
    }

    [Fact]
    public void Rollback_OfACorrection_IsTheStateOfBegin()
    {
        var (bench, never) = (new EngineBench(Moved), new EngineBench(Moved));
        Spike(bench, 0);
        Spike(never, 0);
        var (bytes, hash) = (bench.Save(), bench.Engine.StateHash());
        bench.Engine.Begin();
        Answer(bench, Feedback.FalseAlarm);
        bench.Engine.StateHash().ShouldNotBe(hash);
        bench.Engine.Rollback();

        bench.Engine.StateHash().ShouldBe(hash);
        bench.Save().ShouldBe(bytes);
        Spike(bench, 1);
        Spike(never, 1);
        bench.Output.Alerts.Select(a => a.Score).ShouldBe(never.Output.Alerts.Select(a => a.Score));
    }

    /// <summary>The alert before the snapshot is answered after it: what its detectors said is in there.</summary>
    [Fact]
    public void Restart_BetweenAlertAndAnswer_GoesOnToTheByte()
    {
        var (whole, cut) = (new EngineBench(Moved), new EngineBench(Moved));
        for (var round = 0; round < 4; round++)
        {
            foreach (var bench in new[] { whole, cut })
            {
                Spike(bench, round);
                if (bench == cut)
                {
                    bench.Restart(bench.Save());
                }

                Answer(bench, Feedback.FalseAlarm);
            }
        }

        cut.Engine.StateHash().ShouldBe(whole.Engine.StateHash());
        cut.Save().ShouldBe(whole.Save());
        cut.Output.Alerts.Select(AlertCodec.Encode).ShouldBe(whole.Output.Alerts.Select(AlertCodec.Encode));
    }

    [Fact]
    public void OfflineRun_OfTheSameRecords_HasTheSameHashAndAlerts()
    {
        var bench = new EngineBench(Moved);
        for (var round = 0; round < 5; round++)
        {
            Spike(bench, round);
            Answer(bench, round % 2 == 0 ? Feedback.FalseAlarm : Feedback.Confirmed);
        }

        var alerts = new List<Alert>();
        var run = new OfflineRun(new EngineScope("topic-id", "tidewatch.observations.hosts.v1", 3, "hosts"), bench.Rules) { OnAlert = alerts.Add };
        bench.Sent.ForEach(r => run.Apply(new OfflineRecord(r.Offset, EngineBench.Now.ToUnixTimeMilliseconds(), [], r.Message)));

        run.StateHash().ShouldBe(bench.Engine.StateHash());
        alerts.Select(AlertCodec.Encode).ShouldBe(bench.Output.Alerts.Select(AlertCodec.Encode));
    }

    /// <summary>A state from before there was a rate, and settings that ask for one now: the detectors stay warm, and corrections count from there on. Without it again, the state is as it would have been.</summary>
    [Fact]
    public void Configure_ARate_KeepsWhatWasLearned()
    {
        var (bench, never) = (new EngineBench(Unmoved), new EngineBench(Unmoved));
        Spike(bench, 0);
        Spike(never, 0);
        var (state, hash) = (bench.Save(), bench.Engine.StateHash());
        bench.Load(state);
        bench.Engine.StateHash().ShouldBe(hash);
        bench.Engine.Configure(new EngineRules(Moved).Text);
        Spike(bench, 1);
        Spike(never, 1);
        bench.Output.Alerts.Select(a => a.Score).ShouldBe(never.Output.Alerts.Select(a => a.Score));
        Answer(bench, Feedback.FalseAlarm);
        Spike(bench, 2);
        Spike(never, 2);
        bench.Output.Alerts.Last(IsOpened).Score.ShouldNotBe(never.Output.Alerts.Last(IsOpened).Score);
        bench.Engine.Configure(new EngineRules(Unmoved).Text);
        bench.Engine.ConfigHash.ShouldBe(never.Engine.ConfigHash);
        Spike(bench, 3);
        Spike(never, 3);
        bench.Output.Alerts.Last(IsOpened).Score.ShouldBe(never.Output.Alerts.Last(IsOpened).Score);
    }

    [Theory]
    [InlineData("top-mean", "FeedbackRate 1 moves the weights of weighted and stacking, and top-mean has none")]
    [InlineData("rank-average", "rank-average has none")]
    public void FeedbackRate_OfAnEnsembleWithoutWeights_IsTold(string name, string told) =>
        string.Join('\n', ProfileBuilder.Errors(Unmoved with { Ensemble = new() { Name = name, FeedbackRate = 1 } })).ShouldContain(told);

    private static bool IsOpened(Alert alert) => alert.State == AlertState.Opened;

    private static void Answer(EngineBench bench, Feedback feedback) => bench.Send(CorrectionCodec.Encode(Correction.Of(bench.Output.Alerts.Last(IsOpened), feedback)));

    /// <summary>An hour of ordinary observations and one that is not, and then enough ordinary ones to resolve.</summary>
    private static void Spike(EngineBench bench, int round)
    {
        bench.SendNormal(Cpu, round * 70, 60);
        bench.Send(Cpu, (round * 70) + 60, 85);
        bench.SendNormal(Cpu, (round * 70) + 61, 9);
    }
}
