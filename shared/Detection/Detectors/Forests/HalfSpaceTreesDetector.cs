using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>Options of <see cref="HalfSpaceTreesDetector"/>; defaults of Tan, Ting, Liu 2011 but for the height.</summary>
public sealed record HalfSpaceTreesOptions : DetectorOptions
{
    /// <summary>Trees, 1 to 1,000; default 25.</summary>
    [Range(1, 1_000)]
    public int Trees { get; init; } = 25;

    /// <summary>Cuts from root to leaf, 1 to 14; default 8. Memory doubles with each.</summary>
    [Range(1, 14)]
    public int Height { get; init; } = 8;

    /// <summary>Samples of a window, 16 to 60,000; default 250. The first one sets the space that is cut.</summary>
    [Range(16, 60_000)]
    public int Window { get; init; } = 250;

    /// <summary>Halvings below the density of evenly spread samples that score 0.5, 0.5 to 20; default 3.</summary>
    [Range(0.5, 20)]
    public double Width { get; init; } = 3;
}

/// <summary>Half-space trees (Tan, Ting, Liu 2011): how thin the last window was around a sample, in halvings of the densest that a leaf can be.</summary>
/// <remarks>
/// The space is the first window's range and half of it on either side. The paper knows every value's range beforehand; a stream does not, and a sample with any value outside of the space lies in no cell of it, however dense
/// the cell is that its other values share. All that is outside is one more place, as large as the space: it is as thin as the share of the last window's samples that lay there, where the trees do not find it thinner.
/// Evenly spread samples are <see cref="HalfSpaceTreesOptions.Height"/> halvings below the densest; with several values ordinary samples stay above that, and still each has its rank. O(trees x height).
/// </remarks>
public sealed class HalfSpaceTreesDetector : StreamDetector, IDetector<HalfSpaceTreesDetector, HalfSpaceTreesOptions>, IReferencedDetector
{
    /// <summary>Of bytes that count samples outside of the space.</summary>
    private const byte WithOutside = 2;

    private const double Margin = 0.5;
    private const double Limit = 1e30;
    private const double Thinnest = 1.0 / (1 << 20);
    private readonly HalfSpaceTreesOptions _options;
    private readonly ulong _seed;
    private readonly HalfSpaceTrees _trees;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly double[] _first;
    private readonly float[] _row;
    private int _count;
    private int _outside;
    private int _outsideBefore;
    private bool _isGrown;

    private HalfSpaceTreesDetector(HalfSpaceTreesOptions options, SeriesContext context)
    {
        (_options, _seed) = (options, context.Seed);
        _trees = new HalfSpaceTrees(options.Trees, options.Height, context.Dimension);
        (_low, _high, _row) = (new double[context.Dimension], new double[context.Dimension], new float[context.Dimension]);
        _first = new double[options.Window * context.Dimension];
    }

    public static string Name => "half-space-trees";

    public static string Summary => "Random cuts of a fixed space: how thin the last window was around a sample.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree;

    public override bool IsWarm => _isGrown;

    protected override double Half => _options.Height + _options.Width;

    public static HalfSpaceTreesDetector Create(HalfSpaceTreesOptions options, SeriesContext context) => new(options, context);

    /// <summary>The middle of the space that is cut.</summary>
    public double ReferenceOf(int feature) => _low[feature] + ((_high[feature] - _low[feature]) / 2);

    public override void Learn(in Sample sample)
    {
        if (_isGrown)
        {
            Fill(sample.Values);
            _trees.Count(_row);
            _outside += IsOutside(sample.Values) ? 1 : 0;
        }
        else
        {
            sample.Values.CopyTo(_first.AsSpan(_count * _row.Length));
        }

        if (++_count == _options.Window)
        {
            Turn();
        }
    }

    /// <summary>Samples outside are written only where there are any: other states are as they always were.</summary>
    public override void Save(StateWriter writer)
    {
        var hasOutside = _outside > 0 || _outsideBefore > 0;
        writer.Write(hasOutside ? WithOutside : (byte)1);
        writer.Write(_isGrown);
        writer.Write(_count);
        if (_isGrown)
        {
            writer.WriteArray<double>(_low);
            writer.WriteArray<double>(_high);
            _trees.Save(writer);
        }
        else
        {
            writer.WriteArray<double>(_first.AsSpan(0, _count * _row.Length));
        }

        if (hasOutside)
        {
            writer.Write(_outside);
            writer.Write(_outsideBefore);
        }
    }

    public override void Load(ref StateReader reader)
    {
        var hasOutside = reader.ReadVersion(WithOutside) == WithOutside;
        _isGrown = reader.ReadBool();
        _count = reader.ReadInt32(0, _options.Window - 1);
        if (_isGrown)
        {
            reader.ReadArray(_low.AsSpan());
            reader.ReadArray(_high.AsSpan());
            _trees.Grow(_low, _high, _seed);
            _trees.Load(ref reader);
        }
        else
        {
            reader.ReadArray(_first.AsSpan(0, _count * _row.Length));
        }

        (_outside, _outsideBefore) = hasOutside ? (reader.ReadInt32(0, _options.Window), reader.ReadInt32(0, _options.Window)) : (0, 0);
    }

    protected override double Statistic(in Sample sample)
    {
        Fill(sample.Values);
        var density = _trees.Mass(_row, _options.Window / 10) / ((double)_options.Trees * _options.Window);
        density = IsOutside(sample.Values) ? Math.Min(density, (double)_outsideBefore / _options.Window) : density;
        return _options.Height - Math.Log2(density + Thinnest);
    }

    private void Turn()
    {
        if (!_isGrown)
        {
            GrowFromFirst();
        }

        _trees.Turn();
        (_outsideBefore, _outside, _count) = (_outside, 0, 0);
    }

    private void GrowFromFirst()
    {
        for (var feature = 0; feature < _row.Length; feature++)
        {
            var (low, high) = (double.MaxValue, double.MinValue);
            for (var i = feature; i < _first.Length; i += _row.Length)
            {
                var value = Math.Clamp(_first[i], -Limit, Limit);
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }

            var range = Math.Max(high - low, 1e-6 * Math.Max(Math.Abs(low), Math.Abs(high)));
            (_low[feature], _high[feature]) = (low - (Margin * range), high + (Margin * range));
        }

        _trees.Grow(_low, _high, _seed);
        for (var i = 0; i < _first.Length; i += _row.Length)
        {
            Fill(_first.AsSpan(i, _row.Length));
            _trees.Count(_row);
        }

        _isGrown = true;
    }

    private bool IsOutside(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < _low.Length; i++)
        {
            if (values[i] < _low[i] || values[i] > _high[i])
            {
                return true;
            }
        }

        return false;
    }

    private void Fill(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < _row.Length; i++)
        {
            _row[i] = (float)Math.Clamp(values[i], -Limit, Limit);
        }
    }
}
