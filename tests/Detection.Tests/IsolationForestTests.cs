using Shouldly;
using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests;

public sealed class IsolationForestTests
{
    /// <summary>c(n) = 2 H(n-1) - 2 (n-1)/n; the paper takes H(i) as ln i + Euler's constant.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1.2073923575896613)]
    [InlineData(256, 10.244770920119918)]
    public void AveragePathLength_Equation1_Holds(int n, double expected) => IsolationForest.AveragePathLength(n).ShouldBe(expected, 1e-12);

    [Fact]
    public void AveragePathLength_Large_ApproachesTheExactHarmonicForm()
    {
        var harmonic = Enumerable.Range(1, 4095).Sum(i => 1.0 / i);
        IsolationForest.AveragePathLength(4096).ShouldBe((2 * harmonic) - (2.0 * 4095 / 4096), 1e-3);
    }

    [Fact]
    public void Score_Batch_EqualsRowByRow()
    {
        var table = Oracle.Table();
        var random = new SeededRandom(5);
        var forest = new IsolationForest(40, 64, 3);
        forest.Fit(table, new int[500], ref random);
        var scores = new double[500];
        forest.Score(table, scores);
        for (var i = 0; i < 500; i++)
        {
            scores[i].ShouldBe(forest.Score(table.AsSpan(i * 3, 3)), 1e-15);
        }
    }

    /// <summary>Whatever number of rows or trees goes together, and however deep the trees are, the score is that of a plain walk.</summary>
    [Theory]
    [InlineData(1, 8)]
    [InlineData(7, 64)]
    [InlineData(8, 16)]
    [InlineData(21, 300)]
    public void Score_AnyNumberOfTrees_IsThePlainWalkToTheLastBit(int trees, int sample)
    {
        var table = Oracle.Table();
        var random = new SeededRandom(9);
        var forest = new IsolationForest(trees, sample, 3);
        forest.Fit(table, new int[500], ref random);
        var walks = Enumerable.Range(0, trees).Select(t => forest.Tree(t, [])).ToArray();
        foreach (var count in new[] { 1, 7, 8, 19 })
        {
            var scores = new double[count];
            forest.Score(table.AsSpan(0, 3 * count), scores);
            for (var row = 0; row < count; row++)
            {
                var values = table.AsSpan(3 * row, 3).ToArray();
                var expected = Math.Pow(2, -walks.Aggregate(0.0, (sum, w) => sum + LeafOf(w, values)) / (trees * forest.Normalizer));
                scores[row].ShouldBe(expected);
                forest.Score(values).ShouldBe(expected);
            }
        }

        static double LeafOf(Tidewatch.Detection.Explanations.DecisionTree tree, double[] row)
        {
            var node = 0;
            while (!tree.IsLeaf(node))
            {
                node = tree.Next(node, row);
            }

            return tree.Value[node];
        }
    }
}
