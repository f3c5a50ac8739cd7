using Tidewatch.Detection.Explanations;

namespace Tidewatch.Detection.Detectors.Forests;

/// <content>Trees as plain arrays: out for explanations, in from elsewhere.</content>
public sealed partial class IsolationForest
{
    /// <summary>One tree as arrays; its leaves say path lengths, its cover counts which of <paramref name="rows"/> come by.</summary>
    public DecisionTree Tree(int tree, ReadOnlySpan<double> rows)
    {
        var nodes = _nodes.AsSpan(tree * _nodesPerTree, _nodesPerTree);
        var count = SizeOf(nodes, 0);
        var result = new DecisionTree(new int[count], new int[count], new int[count], new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var isLeaf = nodes[i].Feature == Leaf;
            (result.Left[i], result.Right[i], result.Feature[i]) = isLeaf ? (-1, -1, -1) : (i + 1, i + nodes[i].Right, nodes[i].Feature);
            (isLeaf ? result.Value : result.Threshold)[i] = nodes[i].Split;
        }

        for (var i = 0; i < rows.Length; i += _dimension)
        {
            var node = 0;
            result.Cover[0]++;
            while (!result.IsLeaf(node))
            {
                node = result.Next(node, rows.Slice(i, _dimension));
                result.Cover[node]++;
            }
        }

        return result;
    }

    /// <summary>Takes trees that were grown elsewhere, each with its leaves' path lengths as values, children after their parents.</summary>
    /// <param name="grown">As many trees as the forest has, none larger than it has room for.</param>
    /// <param name="rows">Rows each of them was grown from.</param>
    public void Plant(IReadOnlyList<DecisionTree> grown, int rows)
    {
        if (grown.Count != _trees)
        {
            throw new ArgumentException($"{grown.Count} trees were given, the forest has {_trees}", nameof(grown));
        }

        for (var tree = 0; tree < _trees; tree++)
        {
            _used = tree * _nodesPerTree;
            Plant(grown[tree], 0);
        }

        (_normalizer, _depth) = (AveragePathLength(rows), grown.Max(t => DepthOf(t, 0)));
        IsFitted = true;
    }

    private static int DepthOf(DecisionTree tree, int node) => tree.IsLeaf(node) ? 0 : 1 + Math.Max(DepthOf(tree, tree.Left[node]), DepthOf(tree, tree.Right[node]));

    private static int SizeOf(ReadOnlySpan<Node> nodes, int node) => nodes[node].Feature == Leaf ? 1 : nodes[node].Right + SizeOf(nodes, node + nodes[node].Right);

    private void Plant(DecisionTree tree, int from)
    {
        var node = _used++;
        if (tree.IsLeaf(from))
        {
            _nodes[node] = new Node((float)tree.Value[from], Leaf, 0);
            return;
        }

        Plant(tree, tree.Left[from]);
        _nodes[node] = new Node((float)tree.Threshold[from], (short)tree.Feature[from], (short)(_used - node));
        Plant(tree, tree.Right[from]);
    }
}
