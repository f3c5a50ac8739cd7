using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>Options of <see cref="RandomCutForestDetector"/>.</summary>
public sealed record RandomCutForestOptions : DetectorOptions
{
    /// <summary>Trees, 1 to 200; default 50.</summary>
    [Range(1, 200)]
    public int Trees { get; init; } = 50;

    /// <summary>Shingles kept in the trees, 16 to 1,024; default 256. The oldest goes when a new one comes.</summary>
    [Range(16, 1_024)]
    public int Samples { get; init; } = 256;

    /// <summary>Successive observations that make one point, 1 to 64; default 8. Fewer when there are so many features that a point would have more than 256 values.</summary>
    [Range(1, 64)]
    public int Shingle { get; init; } = 8;

    /// <summary>Collusive displacement, as a share of <see cref="Samples"/>, that scores 0.5, 0.001 to 1; default 0.15.</summary>
    [Range(0.001, 1)]
    public double Half { get; init; } = 0.15;
}

/// <summary>Robust random cut forest on shingles (Guha, Mishra, Roy, Schrijvers 2016): how many points a new one would displace in random trees.</summary>
/// <remarks>Features are taken in units of their deviation over the first 32 samples. Memory is bounded: under 256 KiB with the defaults and one feature.</remarks>
public sealed class RandomCutForestDetector : StreamDetector, IDetector<RandomCutForestDetector, RandomCutForestOptions>, IReferencedDetector
{
    private const int Settle = 32;
    private const int MostValues = 256;
    private readonly RandomCutForestOptions _options;
    private readonly Exponential[] _features;
    private readonly RandomCutForest _forest;
    private readonly float[] _shingle;
    private int _learned;

    private RandomCutForestDetector(RandomCutForestOptions options, SeriesContext context)
    {
        _options = options;
        _features = [.. Enumerable.Range(0, context.Dimension).Select(_ => new Exponential(0))];
        _shingle = new float[context.Dimension * Math.Clamp(MostValues / context.Dimension, 1, options.Shingle)];
        _forest = new RandomCutForest(options.Trees, options.Samples, _shingle.Length, context.Seed);
    }

    public static string Name => "random-cut-forest";

    public static string Summary => "How many of the last shingles a new one would displace in random cut trees.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree;

    public static ProfileDefaults ProfileDefaults => new() { Calibrate = true };

    public override bool IsWarm => _forest.Count >= _options.Samples / 4;

    protected override double Half => _options.Half * _options.Samples;

    public static RandomCutForestDetector Create(RandomCutForestOptions options, SeriesContext context) => new(options, context);

    /// <summary>The mean over the newest shingle.</summary>
    public double ReferenceOf(int feature)
    {
        var sum = 0.0;
        for (var i = feature; i < _shingle.Length; i += _features.Length)
        {
            sum += _shingle[i];
        }

        return _features[feature].Mean + (UnitOf(feature) * sum * _features.Length / _shingle.Length);
    }

    public override void Learn(in Sample sample)
    {
        if (_learned < Settle)
        {
            for (var i = 0; i < _features.Length; i++)
            {
                _features[i].Add(Bounded.Of(sample.Values[i]));
            }
        }
        else
        {
            Shift();
            Fill(sample.Values);
            if (_learned >= Settle + (_shingle.Length / _features.Length) - 1)
            {
                _forest.Learn(_shingle);
            }
        }

        _learned = Math.Min(_learned + 1, Settle + MostValues);
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_learned);
        writer.WriteArray<float>(_shingle);
        foreach (ref var feature in _features.AsSpan())
        {
            feature.Save(writer);
        }

        _forest.Save(writer);
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _learned = reader.ReadInt32(0, Settle + MostValues);
        reader.ReadArray(_shingle.AsSpan());
        foreach (ref var feature in _features.AsSpan())
        {
            feature.Load(ref reader);
        }

        _forest.Load(ref reader);
        if (Array.Exists(_shingle, v => !(Math.Abs(v) <= RandomCutForest.Limit)) || Array.Exists(_features, f => !double.IsFinite(f.Mean)))
        {
            throw new StateFormatException("a value of the shingle was never learned");
        }
    }

    protected override double Statistic(in Sample sample)
    {
        Span<float> point = stackalloc float[_shingle.Length];
        _shingle.AsSpan(_features.Length).CopyTo(point);
        Fill(sample.Values, point[^_features.Length..]);
        return _forest.Displacement(point);
    }

    private void Shift() => _shingle.AsSpan(_features.Length).CopyTo(_shingle);

    private void Fill(ReadOnlySpan<double> values) => Fill(values, _shingle.AsSpan(^_features.Length..));

    private void Fill(ReadOnlySpan<double> values, Span<float> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = (float)Math.Clamp((Bounded.Of(values[i]) - _features[i].Mean) / UnitOf(i), -RandomCutForest.Limit, RandomCutForest.Limit);
        }
    }

    private double UnitOf(int feature) => _features[feature].Deviation is var deviation && deviation > 0 ? deviation : Spread.Of(Math.Abs(_features[feature].Mean), 1);
}
