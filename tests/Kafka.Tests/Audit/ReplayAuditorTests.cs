using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;
using Tidewatch.Kafka.Audit;
using Xunit;

namespace Tidewatch.Kafka.Tests.Audit;

public sealed class ReplayAuditorTests
{
    private const ulong Mine = 1;
    private const ulong Other = 2;

    [Fact]
    public void Reached_LinksOfOtherSettingsBetween_AreCountedAndLeftOut()
    {
        var auditor = Run([Link(0, Mine, state: 10), Link(10, Other, state: 99), Link(20, Mine, state: 30)]);
        auditor.Break.ShouldBeNull();
        (auditor.Links, auditor.Hashes, auditor.Others).ShouldBe((2, 2, 1));
    }

    [Fact]
    public void Reached_EveryLinkOfOtherSettings_IsADifference()
    {
        var auditor = Run([Link(0, Other, state: 10), Link(10, Other, state: 20)]);
        auditor.Break.ShouldNotBeNull().Detail.ShouldContain("other settings");
        auditor.Break!.Offset.ShouldBe(0);
    }

    [Fact]
    public void Reached_OwnLinkThatDiffersAmongOthers_IsADifference()
    {
        var auditor = Run([Link(0, Other, state: 99), Link(10, Mine, state: 98)]);
        auditor.Break.ShouldNotBeNull().Kind.ShouldBe(AuditBreakKind.State);
        auditor.Break!.Offset.ShouldBe(10);
    }

    [Fact]
    public void Reached_LinksOfSettingsThatTheRunGoesThrough_AreCompared()
    {
        var history = ConfigHistory.Begun(0, Other).With(10, Mine);
        var auditor = Run([Link(0, Other, state: 10), Link(10, Mine, state: 20) with { Configs = history.Recorded }], history);
        auditor.Break.ShouldBeNull();
        (auditor.Links, auditor.Others).ShouldBe((2, 0));
        Run([Link(0, Other, state: 10), Link(10, Mine, state: 20)], history).Others.ShouldBe(1, "the second link begins a state of its own");
    }

    [Fact]
    public void Reached_AlertThatTheLinkDoesNotHave_IsADifference()
    {
        var auditor = new ReplayAuditor([Link(0, Mine, state: 10) with { Alerts = 1 }], ConfigHistory.Begun(0, Mine));
        auditor.Reached(() => 10);
        auditor.Break.ShouldNotBeNull().Kind.ShouldBe(AuditBreakKind.Count);
    }

    /// <summary>An offline run whose state's hash is the offset that it stands at.</summary>
    private static ReplayAuditor Run(IReadOnlyList<ProgressRecord> chain, ConfigHistory? history = null)
    {
        var auditor = new ReplayAuditor(chain, history ?? ConfigHistory.Begun(0, Mine));
        while (auditor.NextLink is { } at)
        {
            auditor.Reached(() => (ulong)at);
        }

        return auditor;
    }

    private static ProgressRecord Link(long from, ulong config, ulong state) => new()
    {
        Topic = "t",
        TopicId = "id",
        Partition = 0,
        PartitionCount = 1,
        From = from,
        To = from + 10,
        Records = 10,
        Alerts = 0,
        AlertIdsXor = 0,
        Rejected = 0,
        ConfigHash = config,
        StateHash = state,
        EngineVersion = 1,
        Owner = "test",
    };
}
