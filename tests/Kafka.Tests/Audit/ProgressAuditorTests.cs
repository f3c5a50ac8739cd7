using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Kafka.Audit;
using Xunit;

namespace Tidewatch.Kafka.Tests.Audit;

public sealed class ProgressAuditorTests
{
    private readonly ProgressAuditor _auditor = new();

    [Fact]
    public void Breaks_UnbrokenChain_None()
    {
        Link(0, 10, 2, 7);
        Link(10, 10);
        Link(10, 25, 12);
        _auditor.Breaks().ShouldBeEmpty();
    }

    [Fact]
    public void Breaks_StartInTheMiddle_ForgivesAlertsBefore()
    {
        Alert(3);
        Link(100, 110, 105);
        _auditor.Breaks().ShouldBeEmpty();
    }

    [Fact]
    public void Breaks_MissingLink_IsAGapAtItsFirstOffset()
    {
        Link(0, 10);
        Link(15, 20);
        Single(AuditBreakKind.Gap).Offset.ShouldBe(10);
    }

    [Fact]
    public void Breaks_RepeatedOffsets_IsAnOverlap()
    {
        Link(0, 10);
        Link(8, 20);
        Single(AuditBreakKind.Overlap).Offset.ShouldBe(8);
    }

    [Fact]
    public void Breaks_DoubledAlert_IsACount()
    {
        Link(0, 10, 4);
        Alert(4);
        Single(AuditBreakKind.Count).Offset.ShouldBe(0);
    }

    [Fact]
    public void Breaks_LostAlert_IsACount()
    {
        _auditor.Add(Record(0, 10, [4]));
        Single(AuditBreakKind.Count);
    }

    [Fact]
    public void Breaks_OtherAlert_IsAHash()
    {
        _auditor.Add(Record(0, 10, [4]));
        Alert(5);
        Single(AuditBreakKind.Hash);
    }

    [Fact]
    public void Breaks_TopicCreatedAgain_IsAnIdentity()
    {
        Link(0, 10);
        _auditor.Add(Record(0, 5, []) with { TopicId = "other" });
        Single(AuditBreakKind.Identity);
    }

    [Fact]
    public void Breaks_ColdStart_MayLeaveAGap()
    {
        Link(0, 10);
        _auditor.Add(Record(15, 20, []) with { ColdStart = true });
        _auditor.Breaks().ShouldBeEmpty();
    }

    private AuditBreak Single(AuditBreakKind kind)
    {
        var found = _auditor.Breaks().ShouldHaveSingleItem();
        found.Kind.ShouldBe(kind);
        return found;
    }

    private void Link(long from, long to, params long[] alerts)
    {
        _auditor.Add(Record(from, to, alerts));
        foreach (var offset in alerts)
        {
            Alert(offset);
        }
    }

    [Fact]
    public void Settle_WholeRounds_FindsNothingAndForgetsThem()
    {
        Link(0, 10, 4);
        _auditor.Settle().ShouldBeEmpty();
        Alert(13);
        _auditor.Settle().ShouldBeEmpty();
        _auditor.Add(Record(10, 20, [13]));
        _auditor.Settle().ShouldBeEmpty();
        _auditor.Breaks().ShouldBeEmpty();
        _auditor.Links.ShouldBe(2);
    }

    [Fact]
    public void Settle_BreaksInLaterRounds_FindsEachOnce()
    {
        Link(0, 10);
        _auditor.Settle().ShouldBeEmpty();
        Link(12, 20);
        Link(18, 30);
        _auditor.Add(Record(30, 40, [33]));
        _auditor.Settle().Select(b => (b.Kind, b.Offset)).ShouldBe([(AuditBreakKind.Gap, 10L), (AuditBreakKind.Overlap, 18L), (AuditBreakKind.Count, 30L)]);
        _auditor.Settle().ShouldBeEmpty();
    }

    [Fact]
    public void Settle_AlertOfASettledLink_IsACount()
    {
        Link(0, 10, 4);
        _auditor.Settle().ShouldBeEmpty();
        Alert(4);
        _auditor.Settle().ShouldHaveSingleItem().ShouldSatisfyAllConditions(b => b.Kind.ShouldBe(AuditBreakKind.Count), b => b.Offset.ShouldBe(4));
        Link(10, 20, 11);
        _auditor.Settle().ShouldBeEmpty();
    }

    [Fact]
    public void Settle_TopicCreatedAgain_JudgesItsOffsetsAnew()
    {
        Link(0, 100, 4);
        _auditor.Settle().ShouldBeEmpty();
        Alert(7);
        _auditor.Add(Record(0, 10, [7]) with { TopicId = "another", ColdStart = true });
        _auditor.Settle().ShouldBeEmpty();
    }

    private static string Id(long offset) => AlertIdentity.Id("id", 0, offset, "d", 0);

    private static ProgressRecord Record(long from, long to, long[] alerts) => new()
    {
        Topic = "t",
        TopicId = "id",
        Partition = 0,
        PartitionCount = 1,
        From = from,
        To = to,
        Records = (int)(to - from),
        Alerts = alerts.Length,
        AlertIdsXor = alerts.Aggregate(0UL, (xor, offset) => xor ^ AlertIdentity.Fold(Id(offset))),
        Rejected = 0,
        ConfigHash = 1,
        EngineVersion = 1,
        Owner = "test",
    };

    private void Alert(long offset) => _auditor.Add(new Alert
    {
        Id = Id(offset),
        Key = "k",
        State = AlertState.Opened,
        Series = "s",
        Domain = "d",
        Detector = "d",
        Time = DateTimeOffset.UnixEpoch,
        OpenedAt = DateTimeOffset.UnixEpoch,
        Value = 1,
        Score = 1,
        Threshold = 0.5,
        Severity = Severity.Mild,
        Direction = Direction.Spike,
        Reason = "r",
        Source = new SourcePosition("t", 0, offset),
    });
}
