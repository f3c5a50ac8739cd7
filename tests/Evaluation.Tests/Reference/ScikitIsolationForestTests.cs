using System.Globalization;
using Shouldly;
using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Evaluation.Reference;

namespace Tidewatch.Evaluation.Tests.Reference;

/// <summary>Against scikit-learn's own trees and scores, made by tests/oracles/make_oracles.py on the 500 x 3 table.</summary>
public sealed class ScikitIsolationForestTests
{
    private static readonly double[] Table = [.. Lines("table").SelectMany(f => f[..3])];

    /// <summary><c>IsolationForest(n_estimators=5, max_samples=32, random_state=1)</c>: every node, its feature, threshold and rows.</summary>
    [Fact]
    public void Grow_SmallForest_IsScikitLearnsNodeByNode()
    {
        var forest = ScikitIsolationForest.Grow(Table, 3, seed: 1, trees: 5, sample: 32);
        foreach (var tree in Lines("small_forest_nodes").GroupBy(f => (int)f[0]))
        {
            var grown = forest.Tree(tree.Key, []);
            grown.Left.Length.ShouldBe(tree.Count());
            foreach (var (node, expected) in tree.Index())
            {
                (grown.IsLeaf(node) ? -1 : grown.Left[node]).ShouldBe((int)expected[2]);
                (grown.IsLeaf(node) ? -1 : grown.Right[node]).ShouldBe((int)expected[3]);
                if (!grown.IsLeaf(node))
                {
                    grown.Feature[node].ShouldBe((int)expected[4]);
                    grown.Threshold[node].ShouldBe(expected[5], 1e-6);
                }
            }
        }
    }

    /// <summary>The mean score of the 30 forests with seeds 0 to 29, row by row: equation 2 over its trees, walked by ours.</summary>
    [Fact]
    public void Score_ThirtySeeds_IsScikitLearns()
    {
        var forests = Enumerable.Range(0, 30).Select(s => ScikitIsolationForest.Grow(Table, 3, (uint)s)).ToArray();
        var scores = forests.Select(f => ScikitIsolationForest.Score(f, Table, 3)).ToArray();
        foreach (var (row, expected) in Lines("sklearn_scores").Select(f => f[0]).Index())
        {
            scores.Average(s => s[row]).ShouldBe(expected, 1e-6, $"row {row}");
        }
    }

    [Fact]
    public void Grow_SampleOfAllRows_IsRefusedWithTheCount() =>
        Should.Throw<ArgumentOutOfRangeException>(() => ScikitIsolationForest.Grow(Table, 3, 1, sample: 500)).Message.ShouldContain("of the 500 rows");

    private static IEnumerable<double[]> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "oracles", file + ".csv")).Skip(1).Select(l => l.Split(',').Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray());
}
