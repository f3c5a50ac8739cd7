using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Kernels;

/// <summary>Options of <see cref="OnlineOneClassSvmDetector"/>.</summary>
public sealed record OnlineOneClassSvmOptions : DetectorOptions
{
    /// <summary>Random features, 16 to 4,096; default 256.</summary>
    [Range(16, 4_096)]
    public int Features { get; init; } = 256;

    /// <summary>Share of samples left outside the boundary, 0.001 to 0.5; default 0.05.</summary>
    [Range(0.001, 0.5)]
    public double Nu { get; init; } = 0.05;

    /// <summary>Width of the kernel on features in units of their deviation, 0 to 1,000; 0 (default) takes 1 / features.</summary>
    [Range(0, 1_000)]
    public double Gamma { get; init; }

    /// <summary>Least weight of a new sample, 0.00001 to 0.1; default 0.001.</summary>
    [Range(0.00001, 0.1)]
    public double Rate { get; init; } = 0.001;

    /// <summary>Samples before the first score, 32 to 100,000; default 256.</summary>
    [Range(32, 100_000)]
    public int WarmUp { get; init; } = 256;

    /// <summary>Way from the boundary to the void, where nothing was ever seen, that scores 0.5, 0.01 to 0.99; default 0.5.</summary>
    [Range(0.01, 0.99)]
    public double Half { get; init; } = 0.5;
}

/// <summary>One-class support vector machine (Schölkopf et al. 2001) learned by stochastic gradients on random Fourier features of the Gaussian kernel.</summary>
/// <remarks>The statistic is the distance outside the boundary in units of the boundary's own level: 1 is the void.</remarks>
public sealed class OnlineOneClassSvmDetector : StreamDetector, IDetector<OnlineOneClassSvmDetector, OnlineOneClassSvmOptions>, IReferencedDetector
{
    private const double Farthest = 1e6;
    private readonly OnlineOneClassSvmOptions _options;
    private readonly RandomFourierFeatures _map;
    private readonly Exponential[] _inputs;
    private readonly double[] _point;
    private readonly double[] _features;
    private readonly double[] _weights;
    private double _level;
    private long _learned;

    private OnlineOneClassSvmDetector(OnlineOneClassSvmOptions options, SeriesContext context)
    {
        _options = options;
        _map = new RandomFourierFeatures(options.Features, context.Dimension, options.Gamma > 0 ? options.Gamma : 1.0 / context.Dimension, context.Seed);
        _inputs = [.. Enumerable.Range(0, context.Dimension).Select(_ => new Exponential(options.Rate))];
        (_point, _features, _weights) = (new double[context.Dimension], new double[options.Features], new double[options.Features]);
    }

    public static string Name => "online-one-class-svm";

    public static string Summary => "One-class support vector machine learned sample by sample on random Fourier features.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree;

    public override bool IsWarm => _learned >= _options.WarmUp;

    protected override double Half => _options.Half;

    public static OnlineOneClassSvmDetector Create(OnlineOneClassSvmOptions options, SeriesContext context) => new(options, context);

    /// <summary>The running mean.</summary>
    public double ReferenceOf(int feature) => _inputs[feature].Mean;

    public override void Learn(in Sample sample)
    {
        for (var i = 0; i < _inputs.Length; i++)
        {
            _inputs[i].Add(Bounded.Of(sample.Values[i]));
        }

        _learned++;
        var response = Response(sample.Values);
        var rate = Math.Max(_options.Rate, 1.0 / (_learned + 1));
        var outside = response < _level ? 1 / _options.Nu : 0;
        TensorPrimitives.Multiply(_weights, 1 - rate, _weights);
        TensorPrimitives.MultiplyAdd(_features, rate * outside, _weights, _weights);
        _level += rate * (1 - outside);
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_learned);
        writer.Write(_level);
        writer.WriteArray<double>(_weights);
        foreach (ref var input in _inputs.AsSpan())
        {
            input.Save(writer);
        }
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        (_learned, _level) = (reader.ReadInt64(), reader.ReadDouble());
        reader.ReadArray(_weights.AsSpan());
        if (_learned < 0 || !double.IsFinite(_level) || !Array.TrueForAll(_weights, double.IsFinite))
        {
            throw new StateFormatException($"a boundary at {_level} of {_learned} samples cannot be");
        }

        foreach (ref var input in _inputs.AsSpan())
        {
            input.Load(ref reader);
        }
    }

    protected override double Statistic(in Sample sample) => (_level - Response(sample.Values)) / Spread.Of(Math.Abs(_level), 0);

    private double Response(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < _point.Length; i++)
        {
            var scale = Spread.Of(_inputs[i].Deviation, _inputs[i].Mean);
            _point[i] = Math.Clamp((Bounded.Of(values[i]) - _inputs[i].Mean) / scale, -Farthest, Farthest);
        }

        _map.Map(_point, _features);
        return TensorPrimitives.Dot<double>(_weights, _features);
    }
}
