using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Graphs;

/// <summary>Options of <see cref="GraphDeviationDetector"/>.</summary>
public sealed record GraphDeviationOptions : DetectorOptions
{
    /// <summary>Least size of a correlation that makes two features neighbours, 0.1 to 0.99; default 0.5.</summary>
    [Range(0.1, 0.99)]
    public double Least { get; init; } = 0.5;

    /// <summary>Least weight of a new sample, 0 to 0.5; 0 keeps all history; default 0.002.</summary>
    [Range(0, 0.5)]
    public double Rate { get; init; } = 0.002;

    /// <summary>Samples before the first score, 20 to 100,000; default 100.</summary>
    [Range(20, 100_000)]
    public int WarmUp { get; init; } = 100;

    /// <summary>Deviations from the neighbours' forecast that score 0.5, 0.1 to 100; default 4.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 4;
}

/// <summary>A graph of features joined by correlation: how far a feature is from what its neighbours say, in deviations of that difference; the worst feature counts.</summary>
/// <remarks>Each neighbour forecasts by its own regression, and forecasts are weighed by the squared correlation. A feature without neighbours is judged by its own mean.</remarks>
public sealed class GraphDeviationDetector : StreamDetector, IDetector<GraphDeviationDetector, GraphDeviationOptions>
{
    private const double Farthest = 1e12;
    private readonly GraphDeviationOptions _options;
    private readonly RunningCorrelation _graph;
    private readonly Exponential[] _errors;
    private readonly double[] _scaled;
    private readonly double[] _values;

    private GraphDeviationDetector(GraphDeviationOptions options, SeriesContext context)
    {
        _options = options;
        _graph = new RunningCorrelation(context.Dimension, options.Rate);
        _errors = [.. Enumerable.Range(0, context.Dimension).Select(_ => new Exponential(options.Rate))];
        (_scaled, _values) = (new double[context.Dimension], new double[context.Dimension]);
    }

    public static string Name => "graph-deviation";

    public static string Summary => "Distance of a feature from what the features correlated with it say.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects;

    public override bool IsWarm => _graph.Count >= _options.WarmUp;

    protected override double Half => _options.Width;

    public static GraphDeviationDetector Create(GraphDeviationOptions options, SeriesContext context) => new(options, context);

    public override void Learn(in Sample sample)
    {
        Scale(sample.Values);
        for (var i = 0; i < _errors.Length && _graph.Count >= _options.WarmUp / 2; i++)
        {
            var bound = _errors[i].Count >= 10 ? _options.Width * ErrorScale(i) : Farthest;
            _errors[i].Add(Math.Clamp(_scaled[i] - Forecast(i), -bound, bound));
        }

        _graph.Add(_values);
    }

    public override bool TryExpect(int feature, out Expectation expectation)
    {
        expectation = default;
        if (IsWarm)
        {
            var unit = Unit(feature);
            expectation = Expectation.Around(_graph.Mean(feature), unit, _options.Width);
        }

        return IsWarm;
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        _graph.Save(writer);
        foreach (ref var error in _errors.AsSpan())
        {
            error.Save(writer);
        }
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _graph.Load(ref reader);
        foreach (ref var error in _errors.AsSpan())
        {
            error.Load(ref reader);
        }
    }

    protected override double Statistic(in Sample sample)
    {
        Scale(sample.Values);
        var worst = 0.0;
        for (var i = 0; i < _errors.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(_scaled[i] - Forecast(i)) / ErrorScale(i));
        }

        return worst;
    }

    private void Scale(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < _scaled.Length; i++)
        {
            _values[i] = Bounded.Of(values[i]);
            _scaled[i] = Math.Clamp((_values[i] - _graph.Mean(i)) / Unit(i), -Farthest, Farthest);
        }
    }

    private double Unit(int feature) => Spread.Of(_graph.Deviation(feature), _graph.Mean(feature));

    private double ErrorScale(int feature) => Math.Max(1e-6, Math.Sqrt(_errors[feature].Variance + (_errors[feature].Mean * _errors[feature].Mean)));

    private double Forecast(int feature)
    {
        var (sum, total) = (0.0, 0.0);
        for (var other = 0; other < _scaled.Length; other++)
        {
            var correlation = other == feature ? 0 : _graph.Correlation(feature, other);
            if (Math.Abs(correlation) >= _options.Least)
            {
                var weight = correlation * correlation;
                (sum, total) = (sum + (weight * correlation * _scaled[other]), total + weight);
            }
        }

        return total > 0 ? sum / total : 0;
    }
}
