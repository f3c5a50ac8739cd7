using Tidewatch.Detection.Detectors.Forests;

namespace Tidewatch.Detection.Explanations;

/// <summary>What each feature adds to an isolation forest's score, by TreeSHAP over the path lengths.</summary>
internal static class ForestContribution
{
    /// <summary>Contributions to -log2 of the score's rarity: with the returned baseline they sum to log2 of the forest's score. Cover counts <paramref name="rows"/>, which must hold those the forest was grown from.</summary>
    public static double Of(IsolationForest forest, ReadOnlySpan<double> rows, ReadOnlySpan<double> row, Span<double> contributions)
    {
        contributions.Clear();
        var mean = 0.0;
        for (var i = 0; i < forest.Trees; i++)
        {
            var tree = forest.Tree(i, rows);
            TreeShap.Add(tree, row, contributions);
            mean += tree.Mean;
        }

        var unit = -1 / (forest.Trees * forest.Normalizer);
        foreach (ref var contribution in contributions)
        {
            contribution *= unit;
        }

        return mean * unit;
    }
}
