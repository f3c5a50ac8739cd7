using Shouldly;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;
using Xunit;

namespace Tidewatch.Detection.Tests.Windows;

public sealed class LagDistancesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Nearest_RandomSeries_IsBruteForce(int k)
    {
        const int window = 12;
        const int horizon = 101;
        var (random, values, distances, scratch) = (new SeededRandom(3), new List<double>(), new LagDistances(window, horizon), new float[k]);
        for (var i = 0; i < 2_500; i++)
        {
            // A spike of a million at 600: its rounding must not outlive it.
            var value = i == 600 ? 1e6 : 1_000 + random.NextNormal();
            values.Add(value);
            if (i is < 590 or > 630)
            {
                distances.Nearest(value, scratch).ShouldBe(BruteForce(values, window, horizon, k), 0.01, $"at {i}");
            }

            distances.Add(value);
        }
    }

    private static double BruteForce(List<double> values, int window, int horizon, int k)
    {
        var found = new List<double>();
        for (var lag = window; lag <= horizon && values.Count - lag - window >= 0; lag++)
        {
            found.Add(Enumerable.Range(0, window).Sum(j => Math.Pow(values[^(j + 1)] - values[^(j + 1 + lag)], 2)));
        }

        return found.Count < k ? 0 : Math.Sqrt(found.Order().ElementAt(k - 1));
    }
}
