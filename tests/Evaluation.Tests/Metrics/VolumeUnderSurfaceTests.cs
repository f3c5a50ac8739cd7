using Shouldly;
using Tidewatch.Evaluation.Metrics;

namespace Tidewatch.Evaluation.Tests.Metrics;

/// <summary>VUS against the definition of Paparrizos et al. (2022), every label and every prediction taken by itself: O(buffers x thresholds x rows).</summary>
public sealed class VolumeUnderSurfaceTests
{
    [Fact]
    public void Of_FourRowsByHand_IsTheFormula()
    {
        // Buffers 0 and 1 reach no neighbour: both areas are 1. Buffer 2 gives both neighbours q = sqrt(1/2); rows come in the order 1, 3, 2, 0.
        var q = Math.Sqrt(0.5);
        var positives = 1 + q;
        var negatives = 4 - positives;
        var pr = (1 / positives) + ((1 - (1 / positives)) * (1 + q) / 3);
        double[] rates = [0, 1 / negatives, (2 - q) / negatives, (3 - (2 * q)) / negatives];
        var roc = (rates[1] / positives) + ((rates[2] - rates[1]) * (1 + (1 / positives)) / 2) + (1 - rates[2]);
        var volume = VolumeUnderSurface.Of([false, true, false, false], [0.1, 0.9, 0.2, 0.3], 2);
        volume.Pr.ShouldBe((2 + pr) / 3, 1e-12);
        volume.Roc.ShouldBe((2 + roc) / 3, 1e-12);
    }

    [Theory]
    [InlineData(40, 1, 5)]
    [InlineData(333, 2, 20)]
    [InlineData(700, 3, 31)]
    [InlineData(900, 4, 100)]
    public void Of_SegmentsAndTies_IsThePlainDefinition(int rows, int seed, int longest)
    {
        var random = new Random(seed);
        var labels = new bool[rows];
        for (var segment = 0; segment < 1 + (rows / 100); segment++)
        {
            labels.AsSpan(random.Next(rows - 9), 1 + random.Next(9)).Fill(true);
        }

        labels[0] |= seed == 2;
        labels[^1] |= seed == 3;
        var scores = labels.Select(l => Math.Round(random.NextDouble() + (l ? 0.4 : 0), 2)).ToArray();
        var (roc, pr) = (0.0, 0.0);
        for (var buffer = 0; buffer <= longest; buffer++)
        {
            var areas = Areas(labels, scores, buffer);
            (roc, pr) = (roc + areas.Roc, pr + areas.Pr);
        }

        var volume = VolumeUnderSurface.Of(labels, scores, longest);
        volume.Roc.ShouldBe(roc / (longest + 1), 1e-9);
        volume.Pr.ShouldBe(pr / (longest + 1), 1e-9);
    }

    private static (double Roc, double Pr) Areas(bool[] labels, double[] scores, int buffer)
    {
        var weights = labels.Select((_, row) => Weight(labels, row, buffer)).ToArray();
        var positives = (labels.Count(l => l) + weights.Sum()) / 2;
        var sorted = scores.OrderDescending().ToArray();
        var (roc, pr, lastRecall, lastRate) = (0.0, 0.0, 0.0, 0.0);
        for (var step = 1; step <= 250; step++)
        {
            var threshold = sorted[Math.Min(scores.Length - 1, step * scores.Length / 250)];
            var predicted = scores.Select(s => s >= threshold).ToArray();
            var hits = weights.Where((_, row) => predicted[row]).Sum();
            var recall = Math.Min(1, hits / positives) * Touched(weights, predicted);
            var rate = Math.Min(1, (predicted.Count(p => p) - hits) / (labels.Length - positives));
            roc += (rate - lastRate) * (recall + lastRecall) / 2;
            pr += (recall - lastRecall) * hits / predicted.Count(p => p);
            (lastRecall, lastRate) = (recall, rate);
        }

        return (roc + ((1 - lastRate) * (1 + lastRecall) / 2), pr);
    }

    /// <summary>1 on an anomaly, sqrt(1 - distance / buffer) up to half a buffer from the nearest, else 0.</summary>
    private static double Weight(bool[] labels, int row, int buffer)
    {
        var distance = labels.Select((l, i) => l ? Math.Abs(i - row) : int.MaxValue).Min();
        return distance == 0 ? 1 : distance <= buffer / 2 ? Math.Sqrt(1 - ((double)distance / buffer)) : 0;
    }

    /// <summary>Share of the runs of rows with weight in which a row is predicted.</summary>
    private static double Touched(double[] weights, bool[] predicted)
    {
        var (runs, touched) = (0, 0);
        for (var first = 0; first < weights.Length; first++)
        {
            if (weights[first] > 0 && (first == 0 || weights[first - 1] <= 0))
            {
                var length = weights.Skip(first).TakeWhile(w => w > 0).Count();
                (runs, touched) = (runs + 1, touched + (predicted.AsSpan(first, length).Contains(true) ? 1 : 0));
            }
        }

        return (double)touched / runs;
    }
}
