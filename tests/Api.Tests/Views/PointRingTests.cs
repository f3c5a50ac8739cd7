using Shouldly;
using Tidewatch.Api.Views;
using Tidewatch.Contracts;
using Xunit;

namespace Tidewatch.Api.Tests.Views;

public sealed class PointRingTests
{
    [Theory]
    [InlineData(10, 3)]
    [InlineData(100, 100)]
    [InlineData(100, 1_000)]
    [InlineData(64, 65)]
    [InlineData(150, 500)]
    public void Since_AnyCount_GivesTheLatestInOrder(int capacity, int added)
    {
        var ring = Filled(capacity, added);
        var kept = Math.Min(capacity, added);
        ring.Count.ShouldBe(kept);
        ring.Since(long.MinValue).Select(p => p.TimeMs).ShouldBe(Enumerable.Range(added - kept, kept).Select(i => (long)i));
        ring.Last.TimeMs.ShouldBe(added - 1);
    }

    [Fact]
    public void Since_TimeInside_BeginsThere() => Filled(100, 250).Since(200).Select(p => p.TimeMs).First().ShouldBe(200);

    [Fact]
    public void Since_TimeBehindAll_IsEmpty() => Filled(100, 250).Since(250).ShouldBeEmpty();

    [Fact]
    public void Add_NotLater_IsRefused()
    {
        var ring = Filled(10, 5);
        ring.Add(Point(4)).ShouldBeFalse();
        ring.Add(Point(3)).ShouldBeFalse();
        ring.Count.ShouldBe(5);
    }

    private static PointRing Filled(int capacity, int count)
    {
        var ring = new PointRing(capacity);
        for (var i = 0; i < count; i++)
        {
            ring.Add(Point(i)).ShouldBeTrue();
        }

        return ring;
    }

    private static PointSample Point(long time) => new(time, time, double.NaN, double.NaN, 0, Severity.None);
}
