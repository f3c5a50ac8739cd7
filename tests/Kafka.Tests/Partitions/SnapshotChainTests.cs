using Shouldly;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;
using Tidewatch.Kafka.Partitions;
using Xunit;

namespace Tidewatch.Kafka.Tests.Partitions;

public sealed class SnapshotChainTests
{
    [Fact]
    public void With_WholeRoundsAndPartsOfThem_BeginsReplayAtTheOldestVisit()
    {
        var chain = SnapshotChain.Empty;
        chain.IsComplete.ShouldBeFalse();
        chain = chain.With(Segment(100), Of(0, 0..10), 10);
        (chain.ReplayFrom, chain.Segments.Count, chain.IsComplete).ShouldBe((100, 1, true));

        chain = chain.With(Segment(200), Of(4, 10..12), 12);
        chain.ReplayFrom.ShouldBe(100);
        chain.Request(50, 12).ShouldBe(new(4, 12, 100, 50, 1, chain.Request(50, 12).Written));

        chain = chain.With(Segment(300), Of(12, 10..12), 12);
        chain.ReplayFrom.ShouldBe(200);
        chain.Request(50, 12).ShouldBe(new(0, 12, 200, 50, 1, chain.Request(50, 12).Written));

        chain = chain.With(Segment(400), Of(5, 10..12), 12);
        chain.ReplayFrom.ShouldBe(300);
        chain = chain.With(Segment(500), Of(12, 10..12), 12).With(Segment(600), Of(12, 10..12), 12);
        chain.ReplayFrom.ShouldBe(600);
        chain.Segments.Select(s => s.Stamp).ShouldBe([100, 200, 300, 400, 500, 600]);
    }

    [Fact]
    public void With_EverySeriesWrittenAgain_GivesUpTheSegmentsBefore()
    {
        var chain = SnapshotChain.Empty.With(Segment(100), Of(0, 0..4), 4).With(Segment(200), Of(4, 0..2), 4);
        chain.Segments.Count.ShouldBe(2);

        chain = chain.With(Segment(300), Of(4, 0..5), 5);
        chain.Segments.Select(s => s.Stamp).ShouldBe([200, 300]);
        chain.Request(50, 5).Written.ShouldBeNull();

        chain = chain.With(Segment(400), Of(5, 0..5), 5);
        chain.Segments.Select(s => s.Stamp).ShouldBe([400]);
    }

    [Fact]
    public void With_PartsOfTheFirstState_CountsOnceAllAreThere()
    {
        var chain = SnapshotChain.Empty;
        chain.Request(50, 10).ShouldBe(new(0, 10, long.MaxValue, 50, int.MaxValue));

        chain = chain.With(Segment(100), Of(10, 0..4), 10);
        chain.IsComplete.ShouldBeFalse();
        chain = chain.With(Segment(200), Of(10, 0..8), 11);
        chain.IsComplete.ShouldBeFalse();
        chain = chain.With(Segment(300), Of(11, 0..11), 11);

        (chain.IsComplete, chain.ReplayFrom, chain.Segments.Count).ShouldBe((true, 100, 3));
        chain.Request(50, 11).ShouldBe(new(0, 11, 100, 50, 1));
    }

    /// <summary>Few changes and many series: a sixtieth of them is copied each time, so the chain stays within twice as many segments, from whichever length it begins.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    [InlineData(119)]
    [InlineData(500)]
    public void Request_OnAndOn_CopiesSoManyThatTheChainStaysShort(int length)
    {
        const int Series = 6_000;
        var chain = SnapshotChain.Of(Loaded([.. Enumerable.Range(0, length).Select(i => Segment(i))], Series));
        var (longest, largest) = (0, 0);
        for (var stamp = 1_000; stamp < 1_400; stamp++)
        {
            var request = chain.Request(long.MaxValue, Series);
            var written = SeriesSet.CopyOf(request.Written);
            for (var copies = 0; copies < request.Copies && written.Count < Series; copies++)
            {
                written.Add(written.NextAbsent(0));
            }

            chain = chain.With(Segment(stamp), new SegmentExtent(Series, written), Series);
            (longest, largest) = stamp < 1_200 ? (0, 0) : (Math.Max(longest, chain.Segments.Count), Math.Max(largest, request.Copies));
        }

        longest.ShouldBeLessThanOrEqualTo(120);
        largest.ShouldBeLessThanOrEqualTo(Series / 30);
    }

    [Fact]
    public void Of_ALoadedSnapshot_GoesOnFromWhereItsReplayBegan()
    {
        var chain = SnapshotChain.Of(Loaded([Segment(500)], 20));

        chain.Request(9, 20).ShouldBe(new(0, 20, 300, 9, 1));
        chain.With(Segment(600), Of(20, 20..25), 25).ReplayFrom.ShouldBe(600);
    }

    [Fact]
    public void Of_AChainThatManyShortLivedOwnersLeft_BeginsAnew() =>
        SnapshotChain.Of(Loaded([.. Enumerable.Range(0, 601).Select(i => Segment(i))], 20)).ShouldBe(SnapshotChain.Empty);

    private static SnapshotManifest Loaded(IReadOnlyList<SnapshotSegment> segments, int series) => new()
    {
        Identity = new("c", "t", "topic", 0, 1, "g", 1, 1), Offset = 500, ReplayFrom = 300, Epoch = 1, SeriesCount = series, StateHash = 1, Segments = segments,
    };

    private static SegmentExtent Of(int hand, Range written)
    {
        var set = new SeriesSet();
        Enumerable.Range(written.Start.Value, written.End.Value - written.Start.Value).ToList().ForEach(set.Add);
        return new SegmentExtent(hand, set);
    }

    private static SnapshotSegment Segment(long stamp) => new($"1-{stamp}", stamp, 10, []);
}
