using Shouldly;
using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Explanations;

public sealed class TreeShapTests
{
    /// <summary>scikit-learn's forest of five trees, explained by the shap library: contributions to the mean path length.</summary>
    [Fact]
    public void Add_ForestOfScikitLearn_IsWhatShapSays()
    {
        var (trees, table) = (GoldenForest(), Oracle.Table());
        double[][] expected = [Oracle.Column("small_forest_treeshap_first_50_rows", "shap_x0"), Oracle.Column("small_forest_treeshap_first_50_rows", "shap_x1"), Oracle.Column("small_forest_treeshap_first_50_rows", "shap_x2")];
        var scores = Oracle.Column("small_forest_treeshap_first_50_rows", "score_samples");
        for (var row = 0; row < 50; row++)
        {
            double[] values = [.. table.Skip(3 * row).Take(3).Select(v => (double)(float)v)];
            var contributions = new double[3];
            foreach (var tree in trees)
            {
                TreeShap.Add(tree, values, contributions);
            }

            for (var i = 0; i < 3; i++)
            {
                (contributions[i] / trees.Length).ShouldBe(expected[i][row], 1e-9);
            }

            var path = trees.Average(t => t.Mean) + (contributions.Sum() / trees.Length);
            (-Math.Pow(2, -path / IsolationForest.AveragePathLength(32))).ShouldBe(scores[row], 1e-9);
        }
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    [InlineData(5UL)]
    public void Add_TreesOfOurForest_AreShapleyByDefinition(ulong seed)
    {
        const int Features = 5;
        var random = new SeededRandom(seed);
        double[] rows = [.. Enumerable.Range(0, 60 * Features).Select(_ => random.NextNormal())];
        var forest = new IsolationForest(3, 24, Features);
        forest.Fit(rows, new int[60], ref random);
        for (var i = 0; i < 3; i++)
        {
            var tree = forest.Tree(i, rows);
            var row = rows[..Features];
            var contributions = new double[Features];
            TreeShap.Add(tree, row, contributions);
            var expected = BruteForceShapley.Of(Features, known => Worth(tree, 0, row, known));
            for (var j = 0; j < Features; j++)
            {
                contributions[j].ShouldBe(expected[j], 1e-9);
            }
        }
    }

    [Fact]
    public void Tree_EveryRow_SaysWhatTheForestScores()
    {
        var random = new SeededRandom(9);
        double[] rows = [.. Enumerable.Range(0, 300).Select(_ => random.NextNormal())];
        var forest = new IsolationForest(20, 32, 3);
        forest.Fit(rows, new int[100], ref random);
        var contributions = new double[3];
        for (var row = 0; row < 300; row += 3)
        {
            var values = rows.AsSpan(row, 3);
            var baseline = ForestContribution.Of(forest, rows, values, contributions);
            (baseline + contributions.Sum()).ShouldBe(Math.Log2(forest.Score(values)), 1e-9);
        }
    }

    private static double Worth(DecisionTree tree, int node, double[] row, int known) => tree.IsLeaf(node) ? tree.Value[node]
        : (known & (1 << tree.Feature[node])) != 0 ? Worth(tree, tree.Next(node, row), row, known)
        : ((tree.Cover[tree.Left[node]] * Worth(tree, tree.Left[node], row, known)) + (tree.Cover[tree.Right[node]] * Worth(tree, tree.Right[node], row, known))) / tree.Cover[node];

    /// <summary>Leaves say depth + c(rows in the leaf); scikit-learn goes left up to and with the threshold.</summary>
    private static DecisionTree[] GoldenForest()
    {
        double[] Column(string name) => Oracle.Column("small_forest_nodes", name);
        var (owner, left, right, feature, threshold, samples, weighted) = (Column("tree"), Column("left"), Column("right"), Column("feature"), Column("threshold"), Column("samples"), Column("weighted_samples"));
        return [.. owner.Distinct().Select(t =>
        {
            int[] nodes = [.. Enumerable.Range(0, owner.Length).Where(i => owner[i] == t)];
            var tree = new DecisionTree(
                [.. nodes.Select(n => (int)left[n])], [.. nodes.Select(n => (int)right[n])], [.. nodes.Select(n => (int)feature[n])], [.. nodes.Select(n => Math.BitIncrement(threshold[n]))], [.. nodes.Select(n => weighted[n])], new double[nodes.Length]);
            Deepen(tree, 0, 0, [.. nodes.Select(n => (int)samples[n])]);
            return tree;
        })];
    }

    private static void Deepen(DecisionTree tree, int node, int depth, int[] samples)
    {
        if (tree.IsLeaf(node))
        {
            tree.Value[node] = depth + IsolationForest.AveragePathLength(samples[node]);
            return;
        }

        Deepen(tree, tree.Left[node], depth + 1, samples);
        Deepen(tree, tree.Right[node], depth + 1, samples);
    }
}
