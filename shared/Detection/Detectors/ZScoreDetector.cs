using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors;

/// <summary>Options of <see cref="ZScoreDetector"/>.</summary>
public sealed record ZScoreOptions : DetectorOptions
{
    /// <summary>Values in the window, 4 to 100,000; default 100.</summary>
    [Range(4, 100_000)]
    public int Window { get; init; } = 100;

    /// <summary>Values before the first score, 2 to <see cref="Window"/>; default 30.</summary>
    [Range(2, 100_000)]
    public int WarmUp { get; init; } = 30;

    /// <summary>Standard deviations that score 0.5 and bound the expected range, 0.1 to 100; default 3 (Shewhart 1931).</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 3;
}

/// <summary>Distance from the mean of a sliding window in standard deviations (Shewhart 1931); of several features the largest.</summary>
/// <remarks>A window without spread takes 1e-9 of the mean's size as its deviation: a constant series scores 0, any change from it near 1.</remarks>
public sealed class ZScoreDetector(ZScoreOptions options, SeriesContext context) : StreamDetector, IDetector<ZScoreDetector, ZScoreOptions>, IAdditiveDetector
{
    private const double RelativeFloor = 1e-9;
    private readonly SlidingWindow[] _windows = WindowsOf(options.Window, context.Dimension);
    private readonly int _warmUp = Math.Min(options.WarmUp, options.Window);

    public static string Name => "z-score";

    public static string Summary => "Distance from a sliding window's mean in standard deviations.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    public override bool IsWarm => _windows[0].Count >= _warmUp;

    protected override double Half => options.Width;

    public static ZScoreDetector Create(ZScoreOptions options, SeriesContext context) => new(options, context);

    public override void Learn(in Sample sample)
    {
        for (var i = 0; i < _windows.Length; i++)
        {
            _windows[i].Add(sample.Values[i]);
        }
    }

    public override bool TryExpect(int feature, out Expectation expectation)
    {
        expectation = IsWarm ? Expectation.Around(_windows[feature].Mean, Deviation(_windows[feature]), options.Width) : default;
        return IsWarm;
    }

    public double Contribute(in Sample sample, Span<double> contributions)
    {
        var distances = new double[_windows.Length];
        for (var i = 0; i < _windows.Length; i++)
        {
            distances[i] = Math.Abs(sample.Values[i] - _windows[i].Mean) / Deviation(_windows[i]);
        }

        LargestShare.Of(distances, contributions);
        return 0;
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        foreach (var window in _windows)
        {
            window.Save(writer);
        }
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        foreach (var window in _windows)
        {
            window.Load(ref reader);
        }
    }

    protected override double Statistic(in Sample sample)
    {
        var worst = 0.0;
        for (var i = 0; i < _windows.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(sample.Values[i] - _windows[i].Mean) / Deviation(_windows[i]));
        }

        return worst;
    }

    /// <summary>A loop, for nothing but the windows themselves: there are as many of these detectors as series.</summary>
    private static SlidingWindow[] WindowsOf(int capacity, int dimension)
    {
        var windows = new SlidingWindow[dimension];
        for (var i = 0; i < dimension; i++)
        {
            windows[i] = new SlidingWindow(capacity);
        }

        return windows;
    }

    private static double Deviation(SlidingWindow window) =>
        Math.Max(window.StandardDeviation, Math.Max(RelativeFloor * Math.Abs(window.Mean), double.Epsilon * 1e9));
}
