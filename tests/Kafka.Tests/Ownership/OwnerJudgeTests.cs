using Shouldly;
using Tidewatch.Kafka.Ownership;
using Tidewatch.Kafka.Partitions;
using Xunit;

namespace Tidewatch.Kafka.Tests.Ownership;

public sealed class OwnerJudgeTests
{
    private static readonly InputPartition[] All = [.. Enumerable.Range(0, 4).Select(p => new InputPartition("t", p))];

    [Fact]
    public void IsForgotten_SameHoleTwice_IsForgotten()
    {
        var judge = new OwnerJudge();

        Look(judge, ("a-1", [0, 1]), ("b-1", [])).ShouldBeFalse("once may be a partition on its way");
        Look(judge, ("a-1", [0, 1]), ("b-1", [])).ShouldBeTrue();
    }

    [Fact]
    public void IsForgotten_EveryPartitionGiven_IsNot()
    {
        var judge = new OwnerJudge();

        Look(judge, ("a-1", [0, 1, 2, 3])).ShouldBeFalse();
        Look(judge, ("a-1", [0, 1, 2, 3])).ShouldBeFalse();
    }

    [Fact]
    public void IsForgotten_SomethingElseInBetween_BeginsToCountAgain()
    {
        var judge = new OwnerJudge();

        Look(judge, ("a-1", [0, 1]), ("b-1", []));
        Look(judge, ("a-2", [0, 1]), ("b-1", [])).ShouldBeFalse("the member is another life of itself");
        judge.IsForgotten(shares: null, []).ShouldBeFalse();
        Look(judge, ("a-2", [0, 1]), ("b-1", [])).ShouldBeFalse("the group shared out in between");
        Look(judge, ("a-2", [0, 1]), ("b-1", [2])).ShouldBeFalse("they arrive");
        Look(judge, ("a-2", [0, 1]), ("b-1", [2])).ShouldBeTrue();
    }

    [Fact]
    public void IsForgotten_WhatActingDoesNotHeal_IsActedOnLessAndLess()
    {
        var judge = new OwnerJudge();
        var acted = Enumerable.Range(1, 30).Where(_ => Look(judge, ("a-1", [0]))).ToList();

        acted.ShouldBe([2, 6, 14, 30]);
        Look(judge, ("a-1", [0, 1, 2, 3])).ShouldBeFalse();
        Look(judge, ("a-1", [0])).ShouldBeFalse();
        Look(judge, ("a-1", [0])).ShouldBeTrue("it was whole in between");
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("b", false)]
    [InlineData("Z", false)]
    public void FallsTo_OneOfTheDetectors_TheFirst(string instanceId, bool isIt)
    {
        var id = "-" + new string('0', 36);
        var shares = new GroupShares([new MemberShare($"b{id}", true, []), new MemberShare($"Z{id}", false, []), new MemberShare($"a{id}", true, [])]);

        shares.FallsTo(instanceId).ShouldBe(isIt);
    }

    private static bool Look(OwnerJudge judge, params (string Id, int[] Partitions)[] members)
    {
        var shares = new GroupShares(members.Select(m => new MemberShare(m.Id, true, [.. m.Partitions.Select(p => All[p])])));
        return judge.IsForgotten(shares, shares.Missing(All));
    }
}
