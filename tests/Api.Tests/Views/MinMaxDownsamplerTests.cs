using Shouldly;
using Tidewatch.Api.Views;
using Tidewatch.Contracts;
using Xunit;

namespace Tidewatch.Api.Tests.Views;

public sealed class MinMaxDownsamplerTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(100)]
    [InlineData(1_999)]
    public void Reduce_OneSpikeAndOneDip_BothSurvive(int limit)
    {
        var points = Wave(22_695);
        points[7_777] = points[7_777] with { Value = 1_000 };
        points[13_131] = points[13_131] with { Value = -1_000 };

        var reduced = MinMaxDownsampler.Reduce(points, limit);

        reduced.Length.ShouldBeLessThanOrEqualTo(limit);
        reduced.ShouldContain(points[7_777]);
        reduced.ShouldContain(points[13_131]);
        reduced[0].ShouldBe(points[0]);
        reduced[^1].ShouldBe(points[^1]);
        reduced.Select(p => p.TimeMs).ShouldBeInOrder(SortDirection.Ascending);
        reduced.Select(p => p.TimeMs).ShouldBeUnique();
    }

    [Fact]
    public void Reduce_FewPoints_AreUntouched()
    {
        var points = Wave(50);
        MinMaxDownsampler.Reduce(points, 50).ShouldBeSameAs(points);
    }

    [Fact]
    public void Reduce_FlatLine_KeepsItsEnds() => MinMaxDownsampler.Reduce([.. Wave(100).Select(p => p with { Value = 5 })], 10).Length.ShouldBeInRange(3, 10);

    [Fact]
    public void Reduce_LimitTooSmall_Throws() => Should.Throw<ArgumentOutOfRangeException>(() => MinMaxDownsampler.Reduce(Wave(10), 3));

    private static PointSample[] Wave(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new PointSample(i * 300_000L, Math.Sin(i / 50.0), double.NaN, double.NaN, 0, Severity.None))];
}
