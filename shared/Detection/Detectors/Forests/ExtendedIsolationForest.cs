using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>Extended isolation forest (Hariri, Carrasco Kind, Brunner 2021): trees that cut along random directions, not only along axes.</summary>
/// <remarks>Nodes stand in pre-order; each holds its direction and the offset of the cut. Level 0 is the isolation forest.</remarks>
public sealed class ExtendedIsolationForest
{
    private readonly int _sampleSize;
    private readonly int _dimension;
    private readonly int _level;
    private readonly Tree[] _trees;
    private double _normalizer;

    /// <param name="trees">Trees, at least 1.</param>
    /// <param name="sampleSize">Rows each tree is grown from, at least 2.</param>
    /// <param name="dimension">Features of a row.</param>
    /// <param name="level">Features beyond the first that a cut looks at, 0 to <paramref name="dimension"/> - 1.</param>
    public ExtendedIsolationForest(int trees, int sampleSize, int dimension, int level) =>
        (_sampleSize, _dimension, _level, _trees) = (sampleSize, dimension, Math.Min(level, dimension - 1), new Tree[trees]);

    /// <summary>Grows every tree from its own random rows of <paramref name="data"/> (row-major).</summary>
    public void Fit(ReadOnlySpan<double> data, ulong seed)
    {
        var random = new SeededRandom(seed);
        var order = Enumerable.Range(0, data.Length / _dimension).ToArray();
        var take = Math.Min(_sampleSize, order.Length);
        var limit = (int)Math.Ceiling(Math.Log2(Math.Max(take, 2)));
        for (var tree = 0; tree < _trees.Length; tree++)
        {
            for (var i = 0; i < take; i++)
            {
                var other = i + random.Next(order.Length - i);
                (order[i], order[other]) = (order[other], order[i]);
            }

            _trees[tree] = new Tree([], []);
            Grow(_trees[tree], data, order.AsSpan(0, take), 0, limit, ref random);
        }

        _normalizer = IsolationForest.AveragePathLength(take);
    }

    /// <summary>2^(-E(h(x)) / c(n)), in (0, 1); about 0.5 for an ordinary row.</summary>
    public double Score(ReadOnlySpan<double> row)
    {
        var total = 0.0;
        foreach (var tree in _trees)
        {
            var node = 0;
            while (tree.Nodes[node] is { Right: > 0 } inner)
            {
                node = Project(tree.Directions, node, row) <= inner.Value ? node + 1 : inner.Right;
            }

            total += tree.Nodes[node].Value;
        }

        return _normalizer > 0 ? Math.Pow(2, -total / (_trees.Length * _normalizer)) : 0.5;
    }

    private void Grow(Tree tree, ReadOnlySpan<double> data, Span<int> rows, int depth, int limit, ref SeededRandom random)
    {
        var node = tree.Nodes.Count;
        tree.Nodes.Add(default);
        Span<double> direction = _dimension <= 64 ? stackalloc double[_dimension] : new double[_dimension];
        if (depth >= limit || rows.Length <= 1 || !TryCut(data, rows, direction, ref random, out var offset))
        {
            direction.Clear();
            tree.Directions.AddRange(direction);
            tree.Nodes[node] = new Node(depth + IsolationForest.AveragePathLength(rows.Length), 0);
            return;
        }

        tree.Directions.AddRange(direction);
        var left = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (Project(tree.Directions, node, data.Slice(rows[i] * _dimension, _dimension)) <= offset)
            {
                (rows[left], rows[i]) = (rows[i], rows[left]);
                left++;
            }
        }

        Grow(tree, data, rows[..left], depth + 1, limit, ref random);
        tree.Nodes[node] = new Node(offset, tree.Nodes.Count);
        Grow(tree, data, rows[left..], depth + 1, limit, ref random);
    }

    /// <summary>A normal direction with all but level + 1 features at 0, and the offset of a point drawn evenly from the rows' box.</summary>
    private bool TryCut(ReadOnlySpan<double> data, ReadOnlySpan<int> rows, Span<double> direction, ref SeededRandom random, out double offset)
    {
        var varying = 0;
        offset = 0;
        direction.Clear();
        for (var feature = 0; feature < _dimension; feature++)
        {
            var (low, high) = Range(data, rows, feature);
            varying += low < high ? 1 : 0;
            direction[feature] = low < high ? 1 : 0;
        }

        for (var left = varying - _level - 1; left > 0; left--, varying--)
        {
            var drop = random.Next(varying);
            for (var feature = 0; feature < _dimension; feature++)
            {
                if (direction[feature] > 0 && drop-- == 0)
                {
                    direction[feature] = 0;
                }
            }
        }

        for (var feature = 0; feature < _dimension; feature++)
        {
            if (direction[feature] > 0)
            {
                var (low, high) = Range(data, rows, feature);
                direction[feature] = random.NextNormal();
                offset += direction[feature] * (low + (random.NextDouble() * (high - low)));
            }
        }

        return varying > 0 && double.IsFinite(offset);
    }

    private (double Low, double High) Range(ReadOnlySpan<double> data, ReadOnlySpan<int> rows, int feature)
    {
        var (low, high) = (double.MaxValue, double.MinValue);
        foreach (var row in rows)
        {
            var value = data[(row * _dimension) + feature];
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return (low, high);
    }

    private double Project(List<double> directions, int node, ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            sum += directions[(node * _dimension) + i] * row[i];
        }

        return sum;
    }

    private sealed record Tree(List<Node> Nodes, List<double> Directions);

    private readonly record struct Node(double Value, int Right);
}
