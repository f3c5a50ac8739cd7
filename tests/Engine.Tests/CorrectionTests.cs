using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Engine.Offline;
using Xunit;

namespace Tidewatch.Engine.Tests;

/// <summary>What people say of judged observations, as records among the observations.</summary>
public sealed class CorrectionTests
{
    private const string Cpu = "hosts/web-1/cpu";

    /// <summary>What spikes score differs little: none is learned, since the gate keeps them out.</summary>
    private static readonly Engine.Settings.EngineSettings ByFeedback = EngineBench.ZScore with { Rule = CutRule.Feedback, ResolveAfter = 3 };

    [Fact]
    public void FalseAlarms_SaidOfEachSpike_NoMoreAlertsOfItsLikeButOfWorse()
    {
        var bench = new EngineBench(ByFeedback);
        var said = 0;
        for (var round = 0; round < 12; round++)
        {
            var before = bench.Output.Alerts.Count(IsOpened);
            Spike(bench, round, 85);
            if (bench.Output.Alerts.Count(IsOpened) > before)
            {
                bench.Send(CorrectionCodec.Encode(Correction.Of(bench.Output.Alerts.Last(IsOpened), Feedback.FalseAlarm)));
                said++;
            }
        }

        said.ShouldBeInRange(1, 6);
        bench.Engine.Counters.Corrected.ShouldBe(said);
        bench.Output.Rejections.ShouldBeEmpty();
        var opened = bench.Output.Alerts.Count(IsOpened);
        Spike(bench, 12, 85);
        bench.Output.Alerts.Count(IsOpened).ShouldBe(opened);
        Spike(bench, 13, 20_000);
        bench.Output.Alerts.Count(IsOpened).ShouldBe(opened + 1);
        bench.Output.Alerts.Last(IsOpened).Threshold.ShouldBeGreaterThan(bench.Output.Alerts.First(IsOpened).Threshold, "an alert names the threshold that was in force");
    }

    [Fact]
    public void Missed_SaidOfAWeakSpike_ItsLikeAlerts()
    {
        var bench = new EngineBench(ByFeedback with { ScoreInterval = TimeSpan.Zero });
        Spike(bench, 0, 62);
        bench.Output.Alerts.ShouldBeEmpty();
        var point = bench.Output.Points.MaxBy(p => p.Score)!;
        for (var i = 0; i < 4; i++)
        {
            bench.Send(CorrectionCodec.Encode(new Correction { Series = Cpu, Time = point.Time, Feedback = Feedback.Missed, Score = point.Score }));
        }

        Spike(bench, 1, 62);
        bench.Output.Alerts.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(CutRule.Fixed)]
    [InlineData(CutRule.Feedback)]
    public void FalseAlarm_OfTheOpenAlert_LearnsTheNewNormalAtOnce(CutRule rule)
    {
        var (told, untold) = (new EngineBench(ByFeedback with { Rule = rule }), new EngineBench(ByFeedback with { Rule = rule }));
        foreach (var bench in new[] { told, untold })
        {
            bench.SendNormal(Cpu, 0, 60);
            bench.Send(Cpu, 60, 85);
        }

        told.Send(CorrectionCodec.Encode(Correction.Of(told.Output.Alerts[^1], Feedback.FalseAlarm)));
        for (var i = 61; i < 100; i++)
        {
            told.Send(Cpu, i, 35 + EngineBench.Normal(i));
            untold.Send(Cpu, i, 35 + EngineBench.Normal(i));
        }

        told.Output.Alerts[^1].State.ShouldBe(AlertState.Resolved);
        untold.Output.Alerts[^1].State.ShouldNotBe(AlertState.Resolved);
    }

    [Fact]
    public void Confirmed_OfAnAlert_ChangesNothingButTheCount()
    {
        var bench = new EngineBench(ByFeedback);
        Spike(bench, 0, 85);
        var state = bench.Save();
        bench.Send(CorrectionCodec.Encode(Correction.Of(bench.Output.Alerts[0], Feedback.Confirmed)));

        bench.Engine.Counters.Corrected.ShouldBe(1);
        var (before, after) = (Load(state), Load(bench.Save()));
        after.Engine.Counters.ShouldBe(before.Engine.Counters with { Corrected = 1 });
        Spike(before, 1, 85);
        Spike(after, 1, 85);
        after.Output.Alerts.Select(AlertCodec.Encode).ShouldNotBeEmpty();
        after.Output.Alerts.Select(a => (a.Score, a.Threshold)).ShouldBe(before.Output.Alerts.Select(a => (a.Score, a.Threshold)));
    }

    [Theory]
    [InlineData("""{"series":"other","time":5,"feedback":"missed","score":0.4}""", RejectCode.UnknownSeries, "other")]
    [InlineData("""{"series":"hosts/web-1/cpu","time":"2026-03-01T11:30:00Z","feedback":"missed","score":0.4}""", RejectCode.BadTime, "11:30:00")]
    [InlineData("""{"series":"hosts/web-1/cpu","time":5,"feedback":"missed","score":4}""", RejectCode.BadFeedback, "'4'")]
    [InlineData("""{"series":"hosts/web-1/cpu","time":5,"feedback":"great","score":0.4}""", RejectCode.BadFeedback, "'great'")]
    [InlineData("""{"series":"hosts/web-1/cpu","time":5,"feedback":"missed"}""", RejectCode.MissingField, "score")]
    public void BadCorrection_IsADeadLetterAndNothingElseChanges(string json, string code, string named)
    {
        var (bad, good) = (new EngineBench(ByFeedback), new EngineBench(ByFeedback));
        Spike(bad, 0, 85);
        Spike(good, 0, 85);
        bad.Send(json);

        var rejection = bad.Output.Rejections.ShouldHaveSingleItem();
        rejection.Code.ShouldBe(code);
        rejection.Message.ShouldContain(named);
        bad.Engine.Counters.ShouldBe(good.Engine.Counters with { Rejected = 1 });
        bad.Engine.SeriesCount.ShouldBe(1);
        Spike(bad, 1, 85);
        Spike(good, 1, 85);
        bad.Output.Alerts.Select(a => (a.Score, a.Threshold)).ShouldBe(good.Output.Alerts.Select(a => (a.Score, a.Threshold)));
    }

    [Fact]
    public void Rollback_OfACorrection_IsTheStateOfBegin()
    {
        var bench = new EngineBench(ByFeedback);
        Spike(bench, 0, 85);
        var (bytes, hash) = (bench.Save(), bench.Engine.StateHash());
        bench.Engine.Begin();
        bench.Send(CorrectionCodec.Encode(Correction.Of(bench.Output.Alerts[0], Feedback.FalseAlarm)));
        bench.Engine.StateHash().ShouldNotBe(hash);
        bench.Engine.Rollback();

        bench.Engine.StateHash().ShouldBe(hash);
        bench.Save().ShouldBe(bytes);
    }

    [Fact]
    public void Load_WhatSaveWroteAfterACorrection_GoesOnAlike()
    {
        var (whole, cut) = (new EngineBench(ByFeedback), new EngineBench(ByFeedback));
        foreach (var bench in new[] { whole, cut })
        {
            Spike(bench, 0, 85);
            bench.Send(CorrectionCodec.Encode(Correction.Of(bench.Output.Alerts[0], Feedback.FalseAlarm)));
        }

        cut.Restart(cut.Save());
        foreach (var bench in new[] { whole, cut })
        {
            Spike(bench, 1, 85);
            bench.Send(CorrectionCodec.Encode(Correction.Of(bench.Output.Alerts[0], Feedback.Missed)));
        }

        cut.Engine.Counters.ShouldBe(whole.Engine.Counters);
        cut.Engine.StateHash().ShouldBe(whole.Engine.StateHash());
        cut.Save().ShouldBe(whole.Save());
    }

    [Fact]
    public void OfflineRun_OfTheSameRecords_HasTheSameHashAndAlerts()
    {
        var bench = new EngineBench(ByFeedback);
        for (var round = 0; round < 5; round++)
        {
            Spike(bench, round, 85);
            bench.Send(CorrectionCodec.Encode(Correction.Of(bench.Output.Alerts.Last(IsOpened), round % 2 == 0 ? Feedback.FalseAlarm : Feedback.Missed)));
        }

        var alerts = new List<Alert>();
        var run = new OfflineRun(new EngineScope("topic-id", "tidewatch.observations.hosts.v1", 3, "hosts"), bench.Rules) { OnAlert = alerts.Add };
        bench.Sent.ForEach(r => run.Apply(new OfflineRecord(r.Offset, EngineBench.Now.ToUnixTimeMilliseconds(), [], r.Message)));

        run.StateHash().ShouldBe(bench.Engine.StateHash());
        run.Counters.Corrected.ShouldBe(5);
        alerts.Select(AlertCodec.Encode).ShouldBe(bench.Output.Alerts.Select(AlertCodec.Encode));
    }

    private static bool IsOpened(Alert alert) => alert.State == AlertState.Opened;

    /// <summary>An hour of ordinary observations and one that is not, and then enough ordinary ones to resolve.</summary>
    private static void Spike(EngineBench bench, int round, double value)
    {
        bench.SendNormal(Cpu, round * 70, 60);
        bench.Send(Cpu, (round * 70) + 60, value);
        bench.SendNormal(Cpu, (round * 70) + 61, 9);
    }

    private static EngineBench Load(byte[] state)
    {
        var bench = new EngineBench(ByFeedback);
        bench.Load(state);
        return bench;
    }
}
