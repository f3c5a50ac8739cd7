namespace Tidewatch.Detection.Explanations;

/// <summary>Exact Shapley values of a tree in polynomial time (Lundberg, Erion, Lee 2018, algorithm 2): features that are not known follow the training rows.</summary>
public static class TreeShap
{
    /// <summary>Adds to <paramref name="contributions"/> what each feature of <paramref name="row"/> adds to the tree's value over <see cref="DecisionTree.Mean"/>.</summary>
    public static void Add(DecisionTree tree, ReadOnlySpan<double> row, Span<double> contributions)
    {
        if (!tree.IsLeaf(0))
        {
            Walk(tree, row, contributions, 0, [], 1, 1, -1);
        }
    }

    private static void Walk(DecisionTree tree, ReadOnlySpan<double> row, Span<double> contributions, int node, PathStep[] parent, double zero, double one, int feature)
    {
        var path = Extend(parent, zero, one, feature);
        if (tree.IsLeaf(node))
        {
            for (var i = 1; i < path.Length; i++)
            {
                var weight = 0.0;
                foreach (var step in Unwind(path, i))
                {
                    weight += step.Weight;
                }

                contributions[path[i].Feature] += weight * (path[i].One - path[i].Zero) * tree.Value[node];
            }

            return;
        }

        var hot = tree.Next(node, row);
        var cold = hot == tree.Left[node] ? tree.Right[node] : tree.Left[node];
        var (zeroBefore, oneBefore) = (1.0, 1.0);
        var seen = Array.FindIndex(path, 1, s => s.Feature == tree.Feature[node]);
        if (seen > 0)
        {
            (zeroBefore, oneBefore) = (path[seen].Zero, path[seen].One);
            path = Unwind(path, seen);
        }

        Walk(tree, row, contributions, hot, path, zeroBefore * tree.Cover[hot] / tree.Cover[node], oneBefore, tree.Feature[node]);
        Walk(tree, row, contributions, cold, path, zeroBefore * tree.Cover[cold] / tree.Cover[node], 0, tree.Feature[node]);
    }

    private static PathStep[] Extend(PathStep[] parent, double zero, double one, int feature)
    {
        var depth = parent.Length;
        PathStep[] path = [.. parent, new PathStep(feature, zero, one, depth == 0 ? 1 : 0)];
        for (var i = depth - 1; i >= 0; i--)
        {
            path[i + 1].Weight += one * path[i].Weight * (i + 1) / (depth + 1);
            path[i].Weight *= zero * (depth - i) / (depth + 1);
        }

        return path;
    }

    private static PathStep[] Unwind(PathStep[] path, int index)
    {
        var depth = path.Length - 1;
        var result = path.ToArray();
        var (zero, one, next) = (path[index].Zero, path[index].One, path[depth].Weight);
        for (var i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var before = result[i].Weight;
                result[i].Weight = next * (depth + 1) / ((i + 1) * one);
                next = before - (result[i].Weight * zero * (depth - i) / (depth + 1));
            }
            else
            {
                result[i].Weight = result[i].Weight * (depth + 1) / (zero * (depth - i));
            }
        }

        for (var i = index; i < depth; i++)
        {
            (result[i].Feature, result[i].Zero, result[i].One) = (result[i + 1].Feature, result[i + 1].Zero, result[i + 1].One);
        }

        return result[..depth];
    }

    private record struct PathStep(int Feature, double Zero, double One, double Weight);
}
