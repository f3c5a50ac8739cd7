namespace Tidewatch.Detection.Explanations;

/// <summary>A tree of axis-parallel splits in arrays, node 0 the root: a row goes left where its feature is below the threshold.</summary>
/// <param name="Left">Left child of each node; -1 for a leaf.</param>
/// <param name="Right">Right child of each node; -1 for a leaf.</param>
/// <param name="Feature">Feature a node splits by.</param>
/// <param name="Threshold">Where it splits.</param>
/// <param name="Cover">Training rows that reach the node, positive.</param>
/// <param name="Value">What a leaf says.</param>
public sealed record DecisionTree(int[] Left, int[] Right, int[] Feature, double[] Threshold, double[] Cover, double[] Value)
{
    public bool IsLeaf(int node) => Left[node] < 0;

    /// <summary>The child of <paramref name="node"/> that <paramref name="row"/> goes to.</summary>
    public int Next(int node, ReadOnlySpan<double> row) => row[Feature[node]] < Threshold[node] ? Left[node] : Right[node];

    /// <summary>Mean of the leaves by their cover: what the tree says of a row nothing is known of.</summary>
    public double Mean => Enumerable.Range(0, Left.Length).Where(IsLeaf).Sum(n => Cover[n] * Value[n]) / Cover[0];
}
