using Shouldly;
using Tidewatch.Engine.Settings;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Engine.Tests;

/// <summary>What an engine holds of each series, its detectors' windows included: a budget, since a partition has hundreds of thousands.</summary>
public sealed class SeriesMemoryTests
{
    private const int Series = 1_000;

    /// <remarks>The detectors' own arrays are most of it: 824 bytes of the z-score's window of 100, 552 of the hours.</remarks>
    [Theory]
    [InlineData("z-score", 1_500)]
    [InlineData("hour-of-day-residual", 1_300)]
    public void Apply_ManySeries_HoldNoMoreThanTheBudget(string detector, int budget)
    {
        var bench = new EngineBench(new EngineSettings { Detector = detector });
        for (var i = 0; i < 2 * Series; i++)
        {
            bench.Send($"hosts/web-{i % Series:D7}/cpu", i / Series, EngineBench.Normal(i));
        }

        bench.Engine.StateHash();
        var held = ReachableObjects.From(bench.Engine);

        bench.Engine.SeriesCount.ShouldBe(Series);
        (held.Bytes / Series).ShouldBeLessThan(budget, string.Join('\n', held.ByType.Take(20).Select(t => $"{t.Bytes / Series} bytes a series: {t.Type}")));
    }
}
