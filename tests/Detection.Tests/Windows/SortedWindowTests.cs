using Shouldly;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;
using Xunit;

namespace Tidewatch.Detection.Tests.Windows;

public sealed class SortedWindowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void Add_RandomValuesWithTies_MatchesBruteForce(int capacity)
    {
        var random = new SeededRandom(8);
        var window = new SortedWindow(capacity);
        var all = new List<double>();
        for (var i = 0; i < 600; i++)
        {
            var value = random.Next(12) - 6 + (i % 3 == 0 ? 0 : random.NextNormal());
            window.Add(value);
            all.Add(value);
            double[] sorted = [.. all.TakeLast(capacity).Order()];
            window.Sorted.ToArray().ShouldBe(sorted);
            window.Median.ShouldBe(MedianOf(sorted), 1e-12);
            foreach (var center in new[] { window.Median, -20, 20, 0.5 })
            {
                window.MedianDistance(center).ShouldBe(MedianOf([.. sorted.Select(x => Math.Abs(x - center)).Order()]), 1e-12);
            }
        }
    }

    /// <summary>numpy.quantile([1, 2, 3, 4, 10], q), its default method.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1.4)]
    [InlineData(0.25, 2)]
    [InlineData(0.9, 7.6)]
    [InlineData(1, 10)]
    public void Quantile_KnownValues_IsType7(double share, double expected)
    {
        var window = new SortedWindow(5);
        foreach (var value in new double[] { 10, 3, 1, 4, 2 })
        {
            window.Add(value);
        }

        window.Quantile(share).ShouldBe(expected, 1e-12);
    }

    private static double MedianOf(double[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
