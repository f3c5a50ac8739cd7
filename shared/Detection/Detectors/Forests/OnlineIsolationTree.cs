using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>One tree of an online isolation forest (Leveni et al. 2024, algorithms 2 to 4): a histogram whose bins split where they fill and join where they empty.</summary>
/// <remarks>A complete tree's places in flat arrays: node i has children 2i + 1 and 2i + 2. A bin at depth k splits at <paramref name="leaf"/> x 2^k points.</remarks>
internal sealed class OnlineIsolationTree(int dimension, int leaf, int limit)
{
    private readonly int[] _counts = new int[(2 << limit) - 1];
    private readonly short[] _feature = new short[(2 << limit) - 1];
    private readonly double[] _cut = new double[(2 << limit) - 1];
    private readonly double[] _box = new double[((2 << limit) - 1) * 2 * dimension];

    public void Learn(ReadOnlySpan<double> point, ref SeededRandom random)
    {
        var (node, depth) = (0, 0);
        while (true)
        {
            Take(node, point);
            if (_feature[node] == 0)
            {
                break;
            }

            (node, depth) = (ChildOf(node, point), depth + 1);
        }

        if (depth < limit && _counts[node] >= leaf << depth)
        {
            Split(node, ref random);
        }
    }

    public void Forget(ReadOnlySpan<double> point)
    {
        for (var (node, depth) = (0, 0); ; depth++)
        {
            _counts[node] = Math.Max(0, _counts[node] - 1);
            if (_feature[node] == 0)
            {
                return;
            }

            if (_counts[node] < leaf << depth)
            {
                Join(node);
                return;
            }

            node = ChildOf(node, point);
        }
    }

    /// <summary>Depth of the point's bin and of the bins that its count would still make.</summary>
    public double Depth(ReadOnlySpan<double> point)
    {
        var (node, depth) = (0, 0);
        while (_feature[node] > 0)
        {
            (node, depth) = (ChildOf(node, point), depth + 1);
        }

        return depth + PathLength(leaf, _counts[node]);
    }

    /// <summary>Depth of a tree grown from <paramref name="count"/> points: bins fill with half the points and ask for twice as many, so the logarithm's base is 4.</summary>
    public static double PathLength(int leaf, int count) => count > leaf ? Math.Log((double)count / leaf) / Math.Log(4) : 0;

    public void Save(StateWriter writer)
    {
        writer.WriteArray<int>(_counts);
        writer.WriteArray<short>(_feature);
        writer.WriteArray<double>(_cut);
        writer.WriteArray<double>(_box);
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadArray(_counts.AsSpan());
        reader.ReadArray(_feature.AsSpan());
        reader.ReadArray(_cut.AsSpan());
        reader.ReadArray(_box.AsSpan());
        for (var node = 0; node < _feature.Length; node++)
        {
            if (_counts[node] < 0 || _feature[node] < 0 || _feature[node] > (node < _feature.Length / 2 ? dimension : 0))
            {
                throw new StateFormatException($"a bin of {_counts[node]} points cut at feature {_feature[node]} cannot be");
            }
        }
    }

    private int ChildOf(int node, ReadOnlySpan<double> point) => (2 * node) + (point[_feature[node] - 1] < _cut[node] ? 1 : 2);

    private Span<double> BoxOf(int node) => _box.AsSpan(node * 2 * dimension, 2 * dimension);

    private void Take(int node, ReadOnlySpan<double> point)
    {
        var box = BoxOf(node);
        var isFirst = _counts[node]++ == 0;
        for (var i = 0; i < dimension; i++)
        {
            box[i] = isFirst ? point[i] : Math.Min(box[i], point[i]);
            box[dimension + i] = isFirst ? point[i] : Math.Max(box[dimension + i], point[i]);
        }
    }

    /// <summary>Cuts a bin at a random place and fills its halves with as many points drawn evenly from its box: the points themselves are not kept.</summary>
    private void Split(int node, ref SeededRandom random)
    {
        var box = BoxOf(node);
        var feature = random.Next(dimension);
        var (low, high) = (box[feature], box[dimension + feature]);
        _cut[node] = low + (random.NextDouble() * (high - low));
        _feature[node] = (short)(feature + 1);
        foreach (var child in stackalloc int[] { (2 * node) + 1, (2 * node) + 2 })
        {
            (_counts[child], _feature[child]) = (0, 0);
        }

        Span<double> point = stackalloc double[dimension];
        for (var left = _counts[node]; left > 0; left--)
        {
            for (var i = 0; i < dimension; i++)
            {
                point[i] = box[i] + (random.NextDouble() * (box[dimension + i] - box[i]));
            }

            Take(ChildOf(node, point), point);
        }
    }

    private void Join(int node)
    {
        var box = BoxOf(node);
        var any = false;
        for (var child = (2 * node) + 1; child <= (2 * node) + 2; child++)
        {
            if (_feature[child] > 0)
            {
                Join(child);
            }

            var other = BoxOf(child);
            for (var i = 0; i < dimension && _counts[child] > 0; i++)
            {
                box[i] = any ? Math.Min(box[i], other[i]) : other[i];
                box[dimension + i] = any ? Math.Max(box[dimension + i], other[dimension + i]) : other[dimension + i];
            }

            any |= _counts[child] > 0;
            _counts[child] = 0;
        }

        _feature[node] = 0;
    }
}
