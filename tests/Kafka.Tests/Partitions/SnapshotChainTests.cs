using Shouldly;
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
        chain.NeedsBase.ShouldBeTrue();
        chain = chain.With(Segment(100, 1000), hand: 0, count: 10);
        (chain.ReplayFrom, chain.Segments.Count).ShouldBe((100, 1));

        chain = chain.With(Segment(200, 10), hand: 4, count: 12);
        chain.ReplayFrom.ShouldBe(100);
        chain.Request(50).ShouldBe(new(4, 12, 100, 50));

        chain = chain.With(Segment(300, 10), hand: 12, count: 12);
        chain.ReplayFrom.ShouldBe(200);
        chain.Request(50).ShouldBe(new(0, 12, 200, 50));

        chain = chain.With(Segment(400, 10), hand: 5, count: 12);
        chain.ReplayFrom.ShouldBe(300);
        chain = chain.With(Segment(500, 10), hand: 12, count: 12).With(Segment(600, 10), hand: 12, count: 12);
        chain.ReplayFrom.ShouldBe(600);
        chain.Segments.Select(s => s.Stamp).ShouldBe([100, 200, 300, 400, 500, 600]);
    }

    [Fact]
    public void NeedsBase_ManyOrLargeChanges_BeginsAnewWithAWholeState()
    {
        var large = SnapshotChain.Empty.With(Segment(100, 1000), 0, 10).With(Segment(200, 1500), 10, 10);
        large.NeedsBase.ShouldBeFalse();
        large = large.With(Segment(300, 600), 10, 10);
        large.NeedsBase.ShouldBeTrue();
        large.Before.ShouldBeEmpty();
        large.With(Segment(400, 900), 0, 10).Segments.Select(s => s.Stamp).ShouldBe([400]);

        var many = SnapshotChain.Empty.With(Segment(1, 1000), 0, 10);
        var added = 0;
        for (; !many.NeedsBase; added++)
        {
            many = many.With(Segment(2 + added, 1), 10, 10);
        }

        added.ShouldBe(60);
    }

    [Fact]
    public void Of_ALoadedSnapshot_GoesOnFromWhereItsReplayBegan()
    {
        var loaded = new SnapshotManifest
        {
            Identity = new("c", "t", "topic", 0, 1, "g", 1, 1), Offset = 500, ReplayFrom = 300, Epoch = 1, SeriesCount = 20, StateHash = 1, Segments = [Segment(500, 10)],
        };
        var chain = SnapshotChain.Of(loaded);

        chain.Request(9).ShouldBe(new(0, 20, 300, 9));
        chain.With(Segment(600, 1), 20, 25).ReplayFrom.ShouldBe(600);
    }

    private static SnapshotSegment Segment(long stamp, int bytes) => new($"1-{stamp}", stamp, bytes, []);
}
