using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Detection.Explanations;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Evaluation.Reference;

/// <summary>One tree of scikit-learn's <c>IsolationForest</c>, cut for cut: an <c>ExtraTreeRegressor</c> of one random feature a node, with its xorshift generator.</summary>
/// <remarks>Its rows are single precision and go left at <c>x &lt;= threshold</c>; ours go left at <c>x &lt; split</c>, with the next larger single as the split.</remarks>
internal sealed class ScikitTree
{
    private const int FeatureMost = int.MaxValue;
    private const float Constant = 1e-7f;
    private readonly float[] _rows;
    private readonly int _dimension;
    private readonly int _limit;
    private readonly int[] _features;
    private readonly int[] _constant;
    private readonly List<(int Left, int Right, int Feature, double Threshold, double Cover, double Value)> _nodes = [];
    private uint _random;

    private ScikitTree(float[] rows, int dimension, int sample, uint seed)
    {
        (_rows, _dimension, _random) = (rows, dimension, new MersenneTwister(seed).UpTo(FeatureMost - 1));
        _limit = (int)Math.Ceiling(Math.Log2(Math.Max(sample, 2)));
        _features = [.. Enumerable.Range(0, dimension)];
        _constant = new int[dimension];
    }

    /// <param name="rows">All rows, row-major.</param>
    /// <param name="dimension">Features of a row.</param>
    /// <param name="sample">The rows the tree is grown from.</param>
    /// <param name="seed">The tree's <c>random_state</c>.</param>
    public static DecisionTree Grow(float[] rows, int dimension, int[] sample, uint seed)
    {
        var tree = new ScikitTree(rows, dimension, sample.Length, seed);
        tree.Grow([.. sample.Order()], 0, 0);
        return new DecisionTree(
            [.. tree._nodes.Select(n => n.Left)], [.. tree._nodes.Select(n => n.Right)], [.. tree._nodes.Select(n => n.Feature)],
            [.. tree._nodes.Select(n => n.Threshold)], [.. tree._nodes.Select(n => n.Cover)], [.. tree._nodes.Select(n => n.Value)]);
    }

    private int Grow(int[] rows, int depth, int constants)
    {
        var node = _nodes.Count;
        _nodes.Add((-1, -1, -1, 0, rows.Length, depth + IsolationForest.AveragePathLength(rows.Length)));
        if (depth < _limit && rows.Length > 1 && Cut(rows, ref constants, out var feature, out var threshold))
        {
            var left = Grow([.. rows.Where(r => Value(r, feature) <= threshold)], depth + 1, constants);
            var right = Grow([.. rows.Where(r => Value(r, feature) > threshold)], depth + 1, constants);
            _nodes[node] = (left, right, feature, Above(threshold), rows.Length, 0);
        }

        return node;
    }

    /// <summary>Draws features until one varies, and a threshold in its range; features found constant are not drawn again below.</summary>
    private bool Cut(int[] rows, ref int constants, out int feature, out double threshold)
    {
        var (known, drawn, found) = (constants, 0, 0);
        for ((feature, threshold) = (-1, 0); feature < 0 && _dimension > known + found;)
        {
            var place = drawn + (int)(Next() % (uint)(_dimension - found - drawn));
            if (place < known)
            {
                (_features[drawn], _features[place]) = (_features[place], _features[drawn]);
                drawn++;
                continue;
            }

            place += found;
            var candidate = _features[place];
            var (least, most) = (rows.Min(r => Value(r, candidate)), rows.Max(r => Value(r, candidate)));
            if (most <= least + Constant)
            {
                (_features[place], _features[known + found]) = (_features[known + found], candidate);
                found++;
                continue;
            }

            (_features[^1], _features[place]) = (_features[place], _features[^1]);
            threshold = (((double)most - least) * Next() / FeatureMost) + least;
            (feature, threshold) = (candidate, threshold == most ? least : threshold);
        }

        _constant.AsSpan(0, known).CopyTo(_features);
        _features.AsSpan(known, found).CopyTo(_constant.AsSpan(known));
        constants = known + found;
        return feature >= 0;
    }

    private float Value(int row, int feature) => _rows[(row * _dimension) + feature];

    /// <summary>The smallest single above the threshold.</summary>
    private static float Above(double threshold)
    {
        var nearest = (float)threshold;
        return nearest <= threshold ? MathF.BitIncrement(nearest) : nearest;
    }

    private uint Next()
    {
        _random = _random == 0 ? 1 : _random;
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return _random & FeatureMost;
    }
}
