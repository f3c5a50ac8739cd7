using System.ComponentModel.DataAnnotations;
using MathNet.Numerics.Distributions;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Options of <see cref="MahalanobisDetector"/>.</summary>
public sealed record MahalanobisOptions : DetectorOptions
{
    /// <summary>Least weight of a new sample in mean and covariance, 0 to 0.5; 0 keeps all history; default 0.002.</summary>
    [Range(0, 0.5)]
    public double Rate { get; init; } = 0.002;

    /// <summary>Samples before the first score for each feature, 5 to 10,000; default 30.</summary>
    [Range(5, 10_000)]
    public int WarmUp { get; init; } = 30;

    /// <summary>Probability of a normal sample to score below 0.5, 0.9 to 0.999999; default 0.9973: 3 standard deviations of one feature.</summary>
    [Range(0.9, 0.999999)]
    public double Inside { get; init; } = 0.9973;
}

/// <summary>Mahalanobis distance (1936) from an exponentially weighted mean under the covariance: values that are usual alone but not together.</summary>
/// <remarks>The inverse covariance is updated by the Sherman-Morrison formula in O(d²); features are first taken in units of their running deviation.</remarks>
public sealed class MahalanobisDetector : StreamDetector, IDetector<MahalanobisDetector, MahalanobisOptions>, IAdditiveDetector
{
    private readonly MahalanobisOptions _options;
    private readonly Exponential[] _features;
    private readonly double[] _scaled;
    private readonly RunningCovariance _covariance;
    private readonly double _half;

    private MahalanobisDetector(MahalanobisOptions options, SeriesContext context)
    {
        _options = options;
        _features = [.. Enumerable.Range(0, context.Dimension).Select(_ => new Exponential(options.Rate))];
        _scaled = new double[context.Dimension];
        _covariance = new RunningCovariance(context.Dimension, options.Rate);
        _half = Math.Sqrt(ChiSquared.InvCDF(context.Dimension, options.Inside));
    }

    public static string Name => "mahalanobis";

    public static string Summary => "Distance from the running mean in the metric of the running covariance.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public override bool IsWarm => _features[0].Count >= (long)_options.WarmUp * _features.Length;

    protected override double Half => _half;

    public static MahalanobisDetector Create(MahalanobisOptions options, SeriesContext context) => new(options, context);

    public override void Learn(in Sample sample)
    {
        if (_features[0].Count >= 2)
        {
            Scale(sample);
            _covariance.Add(_scaled);
        }

        for (var i = 0; i < _features.Length; i++)
        {
            _features[i].Add(Bounded.Of(sample.Values[i]));
        }
    }

    public override bool TryExpect(int feature, out Expectation expectation)
    {
        ref var known = ref _features[feature];
        expectation = IsWarm ? Expectation.Around(known.Mean, Spread.Of(known.Deviation, known.Mean), 3) : default;
        return IsWarm;
    }

    /// <summary>Contributions to the square of the raw statistic.</summary>
    public double Contribute(in Sample sample, Span<double> contributions)
    {
        Scale(sample);
        _covariance.Contribute(_scaled, contributions);
        return 0;
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        foreach (ref var feature in _features.AsSpan())
        {
            feature.Save(writer);
        }

        _covariance.Save(writer);
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        foreach (ref var feature in _features.AsSpan())
        {
            feature.Load(ref reader);
        }

        _covariance.Load(ref reader);
    }

    protected override double Statistic(in Sample sample)
    {
        Scale(sample);
        return Math.Sqrt(_covariance.SquaredDistance(_scaled));
    }

    private void Scale(in Sample sample)
    {
        for (var i = 0; i < _scaled.Length; i++)
        {
            var value = (Bounded.Of(sample.Values[i]) - _features[i].Mean) / Spread.Of(_features[i].Deviation, _features[i].Mean);
            _scaled[i] = Math.Clamp(value, -1e12, 1e12);
        }
    }
}
