using Shouldly;
using Tidewatch.Contracts.Processing;
using Xunit;

namespace Tidewatch.Contracts.Tests;

public sealed class ConfigHistoryTests
{
    private static readonly ConfigHistory There = ConfigHistory.Begun(0, 1).With(100, 2).With(200, 1);

    [Theory]
    [InlineData(1, 50, 0)]
    [InlineData(1, 100, 0)]
    [InlineData(2, 100, 1)]
    [InlineData(2, 200, 1)]
    [InlineData(1, 200, 2)]
    [InlineData(1, 900, 2)]
    [InlineData(1, 150, -1)]
    [InlineData(2, 201, -1)]
    [InlineData(3, 150, -1)]
    public void EntryOf_ASnapshot_IsTheOneInForceAtItsStamp(ulong hash, long stamp, int entry) => There.EntryOf(hash, stamp).ShouldBe(entry);

    [Fact]
    public void EntryOf_AStateMadeAnewHere_IsOfLaterStampsOnly()
    {
        var anew = ConfigHistory.Begun(100, 1);
        anew.EntryOf(1, 100).ShouldBe(-1);
        anew.EntryOf(1, 101).ShouldBe(0);
    }

    [Fact]
    public void With_WhatIsInForce_IsTheSame() => There.With(300, 1).ShouldBeSameAs(There);

    [Theory]
    [InlineData(0, 3)]
    [InlineData(100, 3)]
    [InlineData(101, 2)]
    [InlineData(500, 1)]
    public void Since_TheFirstOffsetOfTheLog_LeavesWhatIsInForceFromThere(long start, int entries) => There.Since(start).Entries.Count.ShouldBe(entries);

    [Fact]
    public void Recorded_OneFromTheFirstOffsetOn_IsAbsent()
    {
        ConfigHistory.Begun(0, 1).Recorded.ShouldBeNull();
        There.Recorded.ShouldBe([new(0, 1), new(100, 2), new(200, 1)]);
        ConfigHistory.Begun(7, 1).Recorded.ShouldNotBeNull();
    }
}
