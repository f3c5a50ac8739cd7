using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>Half-space trees (Tan, Ting, Liu 2011): random cuts of a fixed space, grown before any data; leaves count the rows of a window.</summary>
/// <remarks>Complete trees in flat arrays: node i has children 2i + 1 and 2i + 2. Only leaves are counted, inner masses follow when the window turns.</remarks>
public sealed class HalfSpaceTrees(int trees, int height, int dimension)
{
    private const double Padding = 0.15;
    private readonly int _inner = (1 << height) - 1;
    private readonly float[] _cut = new float[trees * ((1 << height) - 1)];
    private readonly short[] _feature = new short[trees * ((1 << height) - 1)];
    private readonly ushort[] _reference = new ushort[trees * ((2 << height) - 1)];
    private readonly ushort[] _latest = new ushort[trees << height];

    /// <summary>Cuts the box between <paramref name="low"/> and <paramref name="high"/>, each cut in the middle 70 % of its range.</summary>
    public void Grow(ReadOnlySpan<double> low, ReadOnlySpan<double> high, ulong seed)
    {
        var random = new SeededRandom(seed);
        var (from, to) = (low.ToArray(), high.ToArray());
        for (var tree = 0; tree < trees; tree++)
        {
            Cut(tree, 0, from, to, ref random);
        }

        Array.Clear(_reference);
        Array.Clear(_latest);
    }

    /// <summary>Counts a row in the latest window; a leaf holds at most 65,535.</summary>
    public void Count(ReadOnlySpan<float> row)
    {
        for (var tree = 0; tree < trees; tree++)
        {
            var (first, node) = (tree * _inner, 0);
            for (var depth = 0; depth < height; depth++)
            {
                node = (2 * node) + (row[_feature[first + node]] < _cut[first + node] ? 1 : 2);
            }

            ref var count = ref _latest[(tree << height) + node - _inner];
            count = count == ushort.MaxValue ? count : (ushort)(count + 1);
        }
    }

    /// <summary>The latest window becomes the reference and a new one begins.</summary>
    public void Turn()
    {
        for (var tree = 0; tree < trees; tree++)
        {
            var mass = _reference.AsSpan(tree * ((2 * _inner) + 1), (2 * _inner) + 1);
            _latest.AsSpan(tree << height, 1 << height).CopyTo(mass[_inner..]);
            for (var node = _inner - 1; node >= 0; node--)
            {
                mass[node] = (ushort)Math.Min(ushort.MaxValue, mass[(2 * node) + 1] + mass[(2 * node) + 2]);
            }
        }

        Array.Clear(_latest);
    }

    /// <summary>Sum over trees of the reference mass times 2^depth where the row ends: at a leaf or where fewer than <paramref name="few"/> rows are left.</summary>
    public double Mass(ReadOnlySpan<float> row, int few)
    {
        var total = 0.0;
        for (var tree = 0; tree < trees; tree++)
        {
            var (first, node, depth) = (tree * _inner, 0, 0);
            var mass = _reference.AsSpan(tree * ((2 * _inner) + 1), (2 * _inner) + 1);
            while (depth < height && mass[node] > few)
            {
                node = (2 * node) + (row[_feature[first + node]] < _cut[first + node] ? 1 : 2);
                depth++;
            }

            total += (double)mass[node] * (1 << depth);
        }

        return total;
    }

    public void Save(StateWriter writer)
    {
        writer.WriteArray<ushort>(_reference);
        writer.WriteArray<ushort>(_latest);
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadArray(_reference.AsSpan());
        reader.ReadArray(_latest.AsSpan());
    }

    private void Cut(int tree, int node, double[] low, double[] high, ref SeededRandom random)
    {
        if (node >= _inner)
        {
            return;
        }

        var feature = random.Next(dimension);
        var (from, to) = (low[feature], high[feature]);
        var cut = from + ((Padding + ((1 - (2 * Padding)) * random.NextDouble())) * (to - from));
        _feature[(tree * _inner) + node] = (short)feature;
        _cut[(tree * _inner) + node] = (float)cut;
        high[feature] = cut;
        Cut(tree, (2 * node) + 1, low, high, ref random);
        (low[feature], high[feature]) = (cut, to);
        Cut(tree, (2 * node) + 2, low, high, ref random);
        low[feature] = from;
    }
}
