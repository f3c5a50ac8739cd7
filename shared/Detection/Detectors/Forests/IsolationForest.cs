using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>Isolation forest (Liu, Ting, Zhou 2008) in flat arrays, 8 bytes a node; fitting again reuses them.</summary>
/// <remarks>Nodes stand in pre-order: a split's left child is the next node. A leaf holds depth + c(size), the path length it stands for.</remarks>
public sealed partial class IsolationForest
{
    private const short Leaf = -1;
    private const int Together = 8;
    private readonly int _trees;
    private readonly int _sampleSize;
    private readonly int _dimension;
    private readonly int _nodesPerTree;
    private readonly Node[] _nodes;
    private double _normalizer = 1;
    private int _depth;
    private int _used;

    /// <param name="trees">Trees, at least 1.</param>
    /// <param name="sampleSize">Rows each tree is grown from, 2 to 16,384.</param>
    /// <param name="dimension">Features of a row.</param>
    public IsolationForest(int trees, int sampleSize, int dimension)
    {
        (_trees, _sampleSize, _dimension) = (trees, sampleSize, dimension);
        _nodesPerTree = (2 * sampleSize) - 1;
        _nodes = new Node[trees * _nodesPerTree];
    }

    public bool IsFitted { get; private set; }

    public int Trees => _trees;

    /// <summary>c(n) of the paper: the path length that scores 0.5.</summary>
    public double Normalizer => _normalizer;

    /// <summary>Grows every tree from its own random rows of <paramref name="data"/> (row-major, <c>rows x dimension</c>).</summary>
    /// <param name="data">The rows.</param>
    /// <param name="scratch">At least as many places as there are rows.</param>
    /// <param name="random">Source of every choice.</param>
    public void Fit(ReadOnlySpan<double> data, Span<int> scratch, ref SeededRandom random)
    {
        var count = data.Length / _dimension;
        var take = Math.Min(_sampleSize, count);
        var limit = (int)Math.Ceiling(Math.Log2(Math.Max(take, 2)));
        for (var i = 0; i < count; i++)
        {
            scratch[i] = i;
        }

        for (var tree = 0; tree < _trees; tree++)
        {
            for (var i = 0; i < take; i++)
            {
                var other = i + random.Next(count - i);
                (scratch[i], scratch[other]) = (scratch[other], scratch[i]);
            }

            _used = tree * _nodesPerTree;
            Grow(data, scratch[..take], 0, limit, ref random);
        }

        (_normalizer, _depth) = (AveragePathLength(take), limit);
        IsFitted = true;
    }

    /// <summary>2^(-E(h(x)) / c(n)), in (0, 1); about 0.5 for an ordinary row.</summary>
    public double Score(ReadOnlySpan<double> row)
    {
        var (total, tree) = (0.0, 0);
        Span<double> lengths = stackalloc double[Together];
        for (; tree + Together <= _trees; tree += Together)
        {
            Walk(_nodes.AsSpan(tree * _nodesPerTree, Together * _nodesPerTree), _nodesPerTree, row[.._dimension], 0, lengths);
            foreach (var length in lengths)
            {
                total += length;
            }
        }

        for (; tree < _trees; tree++)
        {
            total += PathLength(tree, row);
        }

        return ScoreOf(total);
    }

    /// <summary>Forgets the trees.</summary>
    public void Clear() => IsFitted = false;

    /// <summary>Scores many rows, tree by tree so that a tree stays in the cache.</summary>
    /// <param name="rows">Row-major rows.</param>
    /// <param name="scores">One place a row.</param>
    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        scores.Clear();
        rows = rows[..(scores.Length * _dimension)];
        Span<double> lengths = stackalloc double[Together];
        for (var tree = 0; tree < _trees; tree++)
        {
            var nodes = _nodes.AsSpan(tree * _nodesPerTree, _nodesPerTree);
            var i = 0;
            for (; i + Together <= scores.Length; i += Together)
            {
                Walk(nodes, 0, rows.Slice(i * _dimension, Together * _dimension), _dimension, lengths);
                for (var k = 0; k < Together; k++)
                {
                    scores[i + k] += lengths[k];
                }
            }

            for (; i < scores.Length; i++)
            {
                scores[i] += PathLength(tree, rows.Slice(i * _dimension, _dimension));
            }
        }

        foreach (ref var score in scores)
        {
            score = ScoreOf(score);
        }
    }

    /// <summary>Mean path length of an unsuccessful search among <paramref name="n"/> rows, c(n) of the paper, equation 1.</summary>
    public static double AveragePathLength(int n) => n switch
    {
        <= 1 => 0,
        2 => 1,
        _ => (2 * (Math.Log(n - 1) + 0.57721566490153286)) - (2.0 * (n - 1) / n),
    };

    private double ScoreOf(double totalPathLength) => _normalizer > 0 ? Math.Pow(2, -totalPathLength / (_trees * _normalizer)) : 0.5;

    private float PathLength(int tree, ReadOnlySpan<double> row)
    {
        var nodes = _nodes.AsSpan(tree * _nodesPerTree, _nodesPerTree);
        var place = 0;
        while (nodes[place] is { Feature: not Leaf } node)
        {
            place += row[node.Feature] < node.Split ? 1 : node.Right;
        }

        return nodes[place].Split;
    }

    /// <summary>Eight walks down at once, as many steps as a tree is deep and none of them a guess of the processor: their memory waits overlap.</summary>
    /// <param name="nodes">One tree, or eight.</param>
    /// <param name="nodeStride">Nodes from one walk's root to the next one's: 0 for one tree.</param>
    /// <param name="rows">One row, or eight.</param>
    /// <param name="rowStride">Values from one walk's row to the next one's: 0 for one row.</param>
    /// <param name="lengths">The path length each walk came to.</param>
    private void Walk(ReadOnlySpan<Node> nodes, int nodeStride, ReadOnlySpan<double> rows, int rowStride, Span<double> lengths)
    {
        ref var node = ref MemoryMarshal.GetReference(nodes);
        ref var r0 = ref MemoryMarshal.GetReference(rows);
        ref var r1 = ref Unsafe.Add(ref r0, rowStride);
        ref var r2 = ref Unsafe.Add(ref r1, rowStride);
        ref var r3 = ref Unsafe.Add(ref r2, rowStride);
        ref var r4 = ref Unsafe.Add(ref r3, rowStride);
        ref var r5 = ref Unsafe.Add(ref r4, rowStride);
        ref var r6 = ref Unsafe.Add(ref r5, rowStride);
        ref var r7 = ref Unsafe.Add(ref r6, rowStride);
        var (a, b, c, d) = (0, nodeStride, 2 * nodeStride, 3 * nodeStride);
        var (e, f, g, h) = (4 * nodeStride, 5 * nodeStride, 6 * nodeStride, 7 * nodeStride);
        for (var depth = _depth; depth > 0; depth--)
        {
            a += StepOf(Unsafe.Add(ref node, a), ref r0);
            b += StepOf(Unsafe.Add(ref node, b), ref r1);
            c += StepOf(Unsafe.Add(ref node, c), ref r2);
            d += StepOf(Unsafe.Add(ref node, d), ref r3);
            e += StepOf(Unsafe.Add(ref node, e), ref r4);
            f += StepOf(Unsafe.Add(ref node, f), ref r5);
            g += StepOf(Unsafe.Add(ref node, g), ref r6);
            h += StepOf(Unsafe.Add(ref node, h), ref r7);
        }

        lengths[7] = nodes[h].Split;
        lengths[6] = nodes[g].Split;
        lengths[5] = nodes[f].Split;
        lengths[4] = nodes[e].Split;
        lengths[3] = nodes[d].Split;
        lengths[2] = nodes[c].Split;
        lengths[1] = nodes[b].Split;
        lengths[0] = nodes[a].Split;
    }

    /// <summary>From a node to its child, 0 from a leaf, by masks instead of branches: a random cut cannot be predicted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int StepOf(Node node, ref double row)
    {
        var inner = ~(node.Feature >> 31);
        var isLess = Unsafe.Add(ref row, node.Feature & inner) < node.Split ? 1 : 0;
        return (node.Right ^ (-isLess & (node.Right ^ 1))) & inner;
    }

    private void Grow(ReadOnlySpan<double> data, Span<int> rows, int depth, int limit, ref SeededRandom random)
    {
        var node = _used++;
        if (depth >= limit || rows.Length <= 1 || !ChooseSplit(data, rows, ref random, out var feature, out var split))
        {
            _nodes[node] = new Node((float)(depth + AveragePathLength(rows.Length)), Leaf, 0);
            return;
        }

        var left = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (data[(rows[i] * _dimension) + feature] < split)
            {
                (rows[left], rows[i]) = (rows[i], rows[left]);
                left++;
            }
        }

        Grow(data, rows[..left], depth + 1, limit, ref random);
        _nodes[node] = new Node(split, (short)feature, (short)(_used - node));
        Grow(data, rows[left..], depth + 1, limit, ref random);
    }

    private bool ChooseSplit(ReadOnlySpan<double> data, ReadOnlySpan<int> rows, ref SeededRandom random, out int feature, out float split)
    {
        var first = random.Next(_dimension);
        for (var k = 0; k < _dimension; k++)
        {
            feature = (first + k) % _dimension;
            var (min, max) = (double.MaxValue, double.MinValue);
            foreach (var row in rows)
            {
                var value = data[(row * _dimension) + feature];
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
            }

            split = (float)(min + (random.NextDouble() * (max - min)));
            if (min < split && split <= max)
            {
                return true;
            }
        }

        (feature, split) = (0, 0);
        return false;
    }

    private readonly record struct Node(float Split, short Feature, short Right);
}
