using System.Buffers;
using Shouldly;
using Tidewatch.Contracts.Processing;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Engine.Settings;
using Xunit;

namespace Tidewatch.Engine.Tests;

/// <summary>State in segments: some series of one offset, others of another, and a replay that brings all of them to the same.</summary>
public sealed class SegmentTests
{
    private const int Series = 9;

    [Theory]
    [InlineData("z-score", CohortRule.None)]
    [InlineData("z-score", CohortRule.Profile)]
    [InlineData("isolation-forest", CohortRule.None)]
    [InlineData("z-score", CohortRule.Profile, true)]
    public void Load_SeriesOfDifferentOffsets_ThenReplay_IsTheStateOfAnUnbrokenRun(string detector, CohortRule cohort, bool calibrate = false)
    {
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var random = new SeededRandom(seed);
            var settings = EngineBench.ZScore with { Detector = detector, Window = 40, WarmUp = 20, MaxSeries = Series, Cohort = cohort, Calibrate = calibrate, Rule = CutRule.Feedback };
            var live = new EngineBench(settings);
            var segments = new List<StateSegment> { Save(live, SegmentRequest.Whole, out _) };
            var (known, hand, round, last) = (0, 0, 0L, 0L);
            for (var snapshot = 0; snapshot < 6; snapshot++)
            {
                Feed(live, random, 40);
                segments.Add(Save(live, new SegmentRequest(hand, known, last, 1 + random.Next(3_000)), out var next));
                round = hand == 0 ? live.Offset : round;
                (hand, last, known) = next >= known ? (0, round, live.Engine.SeriesCount) : (next, last, live.Engine.SeriesCount);
            }

            var from = hand == 0 ? last : Math.Min(last, round);
            Feed(live, random, 30);

            var restored = new EngineBench(settings);
            restored.Engine.Load(segments);
            live.Sent.Where(r => r.Offset >= from).ToList().ForEach(restored.Send);

            restored.Engine.Counters.ShouldBe(live.Engine.Counters, $"seed {seed}");
            restored.Engine.StateHash().ShouldBe(live.Engine.StateHash(), $"seed {seed}");
        }
    }

    [Fact]
    public void Save_OnlyOneSeriesChanged_IsThatSeriesAlone()
    {
        var bench = new EngineBench();
        for (var i = 0; i < 50; i++)
        {
            bench.SendNormal($"s{i}", 0, 3);
        }

        var (whole, from) = (bench.Save(), bench.Offset);
        bench.SendNormal("s7", 3, 1);
        var change = Save(bench, new SegmentRequest(0, 50, from, long.MaxValue), out var hand);

        hand.ShouldBe(50);
        change.Bytes.Length.ShouldBeLessThan(whole.Length / 25);
        var (hash, offset) = (bench.Engine.StateHash(), bench.Offset);
        bench.Engine.Load([new StateSegment(from, whole), new StateSegment(offset, change.Bytes)]);
        bench.Engine.StateHash().ShouldBe(hash);
    }

    [Fact]
    public void Save_CopiesRoundAfterRound_TheSegmentsOfOneRoundAreAWholeState()
    {
        var bench = new EngineBench();
        Feed(bench, new SeededRandom(3), 300);
        var (parts, written, known) = (new List<StateSegment>(), default(SeriesSet), bench.Engine.SeriesCount);
        do
        {
            var writer = new ArrayBufferWriter<byte>();
            (_, written) = bench.Engine.Save(writer, new SegmentRequest(0, known, long.MaxValue, long.MaxValue, 2, written));
            parts.Add(new StateSegment(bench.Offset, writer.WrittenMemory));
        }
        while (written.Count < known);

        parts.Count.ShouldBe((known + 1) / 2);
        var restored = new EngineBench();
        restored.Engine.Load(parts);
        restored.Engine.StateHash().ShouldBe(bench.Engine.StateHash());
    }

    [Fact]
    public void Save_MoreThanTheBudget_CopiesNoMore()
    {
        var bench = new EngineBench();
        for (var i = 0; i < 50; i++)
        {
            bench.SendNormal($"s{i}", 0, 3);
        }

        var whole = bench.Save().Length;
        var writer = new ArrayBufferWriter<byte>();
        var (_, written) = bench.Engine.Save(writer, new SegmentRequest(0, 50, long.MaxValue, whole / 10, int.MaxValue));
        written.Count.ShouldBeInRange(4, 7);
        writer.WrittenCount.ShouldBeLessThan(whole / 5);
    }

    /// <summary>A whole state as version 0.1 wrote it, before there were segments: it is read, hashes as it did, and is written the same.</summary>
    [Fact]
    public void Load_TheBytesOfTheVersionBefore_GivesTheirStateHash()
    {
        var state = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "engine-v1.state"));
        var bench = new EngineBench();
        bench.Load(state);

        bench.Engine.SeriesCount.ShouldBe(3);
        bench.Engine.StateHash().ShouldBe(10746098773254898112UL);
        bench.Save().ShouldBe(state);
    }

    private static StateSegment Save(EngineBench bench, in SegmentRequest request, out int hand)
    {
        var writer = new ArrayBufferWriter<byte>();
        (hand, _) = bench.Engine.Save(writer, request);
        return new StateSegment(bench.Offset, writer.WrittenMemory);
    }

    /// <summary>Good, bad, doubled and late observations of more series than are allowed, and corrections.</summary>
    private static void Feed(EngineBench bench, SeededRandom random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var second = (int)bench.Offset - (random.Next(10) == 0 ? 30 : 0);
            if (random.Next(15) is var kind && kind == 0)
            {
                bench.Send("{");
            }
            else if (kind == 1)
            {
                bench.Send($$"""{"series":"s{{random.Next(Series + 2)}}","time":5,"feedback":"{{(second % 2 == 0 ? "falseAlarm" : "missed")}}","score":{{random.Next(100) / 100.0}}}""");
            }
            else
            {
                bench.Send($"s{random.Next(Series + 2)}", Math.Max(0, second), EngineBench.Normal(second) + (random.Next(40) == 0 ? 400 : 0));
            }
        }
    }
}
