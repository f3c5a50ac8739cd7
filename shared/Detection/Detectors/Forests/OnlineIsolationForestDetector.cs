using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>Options of <see cref="OnlineIsolationForestDetector"/>; defaults of the paper but for the score.</summary>
public sealed record OnlineIsolationForestOptions : DetectorOptions
{
    /// <summary>Trees, 1 to 500; default 32.</summary>
    [Range(1, 500)]
    public int Trees { get; init; } = 32;

    /// <summary>Samples of the sliding window, 64 to 65,536; default 2,048.</summary>
    [Range(64, 65_536)]
    public int Window { get; init; } = 2_048;

    /// <summary>Samples at which a bin splits, 4 to 1,024; default 32. A bin at depth k needs 2^k times as many.</summary>
    [Range(4, 1_024)]
    public int Leaf { get; init; } = 32;

    /// <summary>Samples before the first score, 64 to <see cref="Window"/>; default 256.</summary>
    [Range(64, 65_536)]
    public int WarmUp { get; init; } = 256;

    /// <summary>The forest's own score that counts as 0.5, 0.4 to 0.95; default 0.75: the ordinary lies below.</summary>
    [Range(0.4, 0.95)]
    public double Half { get; init; } = 0.75;
}

/// <summary>Online isolation forest (Leveni, Cassales, Pfahringer, Bifet, Boracchi 2024): histograms that learn each sample and forget the one that leaves the window.</summary>
/// <remarks>Beyond the range of everything in a tree's root the distance, in units of that range, takes the score the rest of the way to 1. Values are limited to 1e150 in size.</remarks>
public sealed class OnlineIsolationForestDetector : StreamDetector, IDetector<OnlineIsolationForestDetector, OnlineIsolationForestOptions>, IReferencedDetector
{
    private readonly OnlineIsolationForestOptions _options;
    private readonly OnlineIsolationTree[] _trees;
    private readonly double[] _ring;
    private readonly double[] _point;
    private readonly double[] _low;
    private readonly double[] _high;
    private SeededRandom _random;
    private long _learned;

    private OnlineIsolationForestDetector(OnlineIsolationForestOptions options, SeriesContext context)
    {
        var limit = Math.Max(1, (int)Math.Log2((double)options.Window / options.Leaf));
        _options = options;
        _random = new SeededRandom(context.Seed);
        _trees = [.. Enumerable.Range(0, options.Trees).Select(_ => new OnlineIsolationTree(context.Dimension, options.Leaf, limit))];
        _ring = new double[options.Window * context.Dimension];
        _point = new double[context.Dimension];
        (_low, _high) = (new double[context.Dimension], new double[context.Dimension]);
    }

    public static string Name => "online-isolation-forest";

    public static string Summary => "Random histograms whose bins split and join with the samples of a sliding window.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree;

    public override bool IsWarm => _learned >= Math.Min(_options.WarmUp, _options.Window);

    public static OnlineIsolationForestDetector Create(OnlineIsolationForestOptions options, SeriesContext context) => new(options, context);

    /// <summary>The median over the window.</summary>
    public double ReferenceOf(int feature) => Column.Median(_ring.AsSpan(0, (int)Math.Min(_learned, _options.Window) * _point.Length), _point.Length, feature);

    public override void Learn(in Sample sample)
    {
        Fill(sample.Values);
        var place = _ring.AsSpan((int)(_learned % _options.Window) * _point.Length, _point.Length);
        foreach (var tree in _trees)
        {
            tree.Learn(_point, ref _random);
            if (_learned >= _options.Window)
            {
                tree.Forget(place);
            }
        }

        _point.CopyTo(place);
        for (var i = 0; i < _point.Length; i++)
        {
            _low[i] = _learned == 0 ? _point[i] : Math.Min(_low[i], _point[i]);
            _high[i] = _learned == 0 ? _point[i] : Math.Max(_high[i], _point[i]);
        }

        _learned++;
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_learned);
        writer.Write(_random.State);
        writer.WriteArray<double>(_low);
        writer.WriteArray<double>(_high);
        writer.WriteArray<double>(_ring.AsSpan(0, (int)Math.Min(_learned, _options.Window) * _point.Length));
        foreach (var tree in _trees)
        {
            tree.Save(writer);
        }
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _learned = reader.ReadCount();
        _random = new SeededRandom(reader.ReadUInt64());
        reader.ReadArray(_low.AsSpan());
        reader.ReadArray(_high.AsSpan());
        reader.ReadArray(_ring.AsSpan(0, (int)Math.Min(_learned, _options.Window) * _point.Length));
        foreach (var tree in _trees)
        {
            tree.Load(ref reader);
        }
    }

    protected override double Statistic(in Sample sample)
    {
        Fill(sample.Values);
        var (depth, beyond) = (0.0, 0.0);
        foreach (var tree in _trees)
        {
            depth += tree.Depth(_point);
        }

        for (var i = 0; i < _point.Length; i++)
        {
            beyond = Math.Max(beyond, Math.Max(_point[i] - _high[i], _low[i] - _point[i]) / Spread.Of(_high[i] - _low[i], _high[i]));
        }

        var usual = OnlineIsolationTree.PathLength(_options.Leaf, (int)Math.Min(_learned, _options.Window));
        var score = Math.Pow(2, -depth / _trees.Length / usual);
        return beyond < double.MaxValue ? score + ((1 - score) * beyond / (1 + beyond)) : 1;
    }

    protected override double Map(double raw) => Math.Clamp(Math.Pow(raw, Math.Log(0.5) / Math.Log(_options.Half)), 0, 1);

    private void Fill(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < _point.Length; i++)
        {
            _point[i] = Bounded.Of(values[i]);
        }
    }
}
