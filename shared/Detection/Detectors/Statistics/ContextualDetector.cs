using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Options of <see cref="ContextualDetector"/>.</summary>
public sealed record ContextualOptions : DetectorOptions
{
    /// <summary>How many of the last features are the context, 0 to 64; default 1. At least one feature is left to be judged.</summary>
    [Range(0, 64)]
    public int Context { get; init; } = 1;

    /// <summary>Weight kept per step by the past, 0.9 to 1; default 0.999.</summary>
    [Range(0.9, 1)]
    public double Forgetting { get; init; } = 0.999;

    /// <summary>Samples before the first score, 20 to 1,000,000; default 100.</summary>
    [Range(20, 1_000_000)]
    public int WarmUp { get; init; } = 100;

    /// <summary>Deviations from what the context makes one expect that score 0.5, 0.1 to 100; default 4.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 4;
}

/// <summary>Contextual anomalies (Song, Wu, Jermaine, Ranka 2007): features that do not fit the conditioning ones, though each may be usual by itself; the context alone is never an anomaly.</summary>
/// <remarks>Each judged feature is regressed on the context by recursive least squares. Context beyond 6 deviations counts as 6; an error beyond <c>Width</c> teaches only as much as one of that size.</remarks>
public sealed class ContextualDetector : StreamDetector, IDetector<ContextualDetector, ContextualOptions>, IReferencedDetector
{
    private const double Farthest = 1e12;
    private const double FarContext = 6;
    private readonly ContextualOptions _options;
    private readonly int _judged;
    private readonly Exponential[] _features;
    private readonly RecursiveLeastSquares[] _models;
    private readonly Exponential[] _errors;
    private readonly double[] _inputs;

    private ContextualDetector(ContextualOptions options, SeriesContext context)
    {
        _options = options;
        _judged = Math.Max(1, context.Dimension - options.Context);
        _features = [.. Enumerable.Range(0, context.Dimension).Select(_ => new Exponential(0.001))];
        _inputs = new double[context.Dimension - _judged + 1];
        _models = [.. Enumerable.Range(0, _judged).Select(_ => new RecursiveLeastSquares(_inputs.Length, options.Forgetting))];
        _errors = [.. Enumerable.Range(0, _judged).Select(_ => new Exponential(0.005))];
    }

    public static string Name => "contextual";

    public static string Summary => "Features that do not fit the conditioning features, by regression on them.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree;

    public override bool IsWarm => _features[0].Count >= _options.WarmUp;

    protected override double Half => _options.Width;

    public static ContextualDetector Create(ContextualOptions options, SeriesContext context) => new(options, context);

    /// <summary>The running mean, whatever the context.</summary>
    public double ReferenceOf(int feature) => _features[feature].Mean;

    public override void Learn(in Sample sample)
    {
        if (_features[0].Count >= 10)
        {
            FillInputs(sample.Values);
            for (var i = 0; i < _judged; i++)
            {
                var bound = _errors[i].Count >= 10 ? _options.Width * ErrorScale(i) : Farthest;
                var error = Math.Clamp(Scaled(sample.Values, i) - _models[i].Predict(_inputs), -bound, bound);
                _models[i].Update(_inputs, error);
                _errors[i].Add(error);
            }
        }

        for (var i = 0; i < _features.Length; i++)
        {
            _features[i].Add(Bounded.Of(sample.Values[i]));
        }
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        for (var i = 0; i < _features.Length; i++)
        {
            _features[i].Save(writer);
        }

        for (var i = 0; i < _judged; i++)
        {
            _models[i].Save(writer);
            _errors[i].Save(writer);
        }
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        for (var i = 0; i < _features.Length; i++)
        {
            _features[i].Load(ref reader);
        }

        for (var i = 0; i < _judged; i++)
        {
            _models[i].Load(ref reader);
            _errors[i].Load(ref reader);
        }
    }

    protected override double Statistic(in Sample sample)
    {
        FillInputs(sample.Values);
        var worst = 0.0;
        for (var i = 0; i < _judged; i++)
        {
            var deviation = Math.Abs(Scaled(sample.Values, i) - _models[i].Predict(_inputs)) / ErrorScale(i);
            worst = deviation > worst ? deviation : worst;
        }

        return worst;
    }

    private void FillInputs(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < _inputs.Length - 1; i++)
        {
            _inputs[i] = Math.Clamp(Scaled(values, _judged + i), -FarContext, FarContext);
        }

        _inputs[^1] = 1;
    }

    private double Scaled(ReadOnlySpan<double> values, int feature)
    {
        var (mean, unit) = (_features[feature].Mean, Spread.Of(_features[feature].Deviation, _features[feature].Mean));
        return Math.Clamp((Bounded.Of(values[feature]) - mean) / unit, -Farthest, Farthest);
    }

    private double ErrorScale(int feature) => Math.Max(1e-6, Math.Sqrt(_errors[feature].Variance + (_errors[feature].Mean * _errors[feature].Mean)));
}
