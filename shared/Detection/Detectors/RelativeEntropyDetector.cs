using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors;

/// <summary>Options of <see cref="RelativeEntropyDetector"/>.</summary>
public sealed record RelativeEntropyOptions : DetectorOptions
{
    /// <summary>Values in a histogram, 8 to 10,000; default 52.</summary>
    [Range(8, 10_000)]
    public int Window { get; init; } = 52;

    /// <summary>Equal bins over the warm-up's range, 2 to 100; two more take what lies below and above it; default 4.</summary>
    [Range(2, 100)]
    public int Bins { get; init; } = 4;

    /// <summary>Values whose range the bins cover, at least <see cref="Window"/>, 16 to 100,000; default 600.</summary>
    [Range(16, 100_000)]
    public int WarmUp { get; init; } = 600;

    /// <summary>Divergence from which a histogram is a new regime and joins the library, 1 to 10,000; default 25: chi-square with 5 degrees of freedom exceeds it once in 7,000.</summary>
    [Range(1, 10_000)]
    public double Novelty { get; init; } = 25;

    /// <summary>Histograms the library holds at most, 1 to 1,000; the oldest leaves; default 64.</summary>
    [Range(1, 1_000)]
    public int Library { get; init; } = 64;
}

/// <summary>2 W times the smallest relative entropy of the last W values' histogram to a library of earlier ones (Wang, Viswanathan, Choudur, Talwar, Satterfield, Schwan 2011).</summary>
/// <remarks>Counts are smoothed by one half. The warm-up's own histograms found the library.</remarks>
public sealed class RelativeEntropyDetector(RelativeEntropyOptions options) : StreamDetector, IDetector<RelativeEntropyDetector, RelativeEntropyOptions>
{
    private readonly int _warmUp = Math.Max(options.WarmUp, options.Window);
    private readonly HistogramLibrary _library = new(options.Window, options.Bins, options.Library, options.Novelty);
    private SlidingWindow? _first;

    public static string Name => "relative-entropy";

    public static string Summary => "Relative entropy of the newest values' histogram to the nearest of the regimes seen before.";

    public static DetectorTraits Traits => DetectorTraits.Univariate | DetectorTraits.AllocationFree;

    public override bool IsWarm => _library.IsOpen;

    protected override double Half => options.Novelty;

    /// <summary>Called with the statistic of each warm-up value when the warm-up ends: a calibration need not begin from nothing.</summary>
    internal Action<double>? Primed { get; set; }

    public static RelativeEntropyDetector Create(RelativeEntropyOptions options, SeriesContext context) => new(options);

    public override void Learn(in Sample sample)
    {
        if (IsWarm)
        {
            _library.Add(sample.Value);
            return;
        }

        _first ??= new SlidingWindow(_warmUp);
        _first.Add(sample.Value);
        if (_first.IsFull)
        {
            Open(_first);
            _first = null;
        }
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(IsWarm);
        if (IsWarm)
        {
            _library.Save(writer);
            return;
        }

        (_first ??= new SlidingWindow(_warmUp)).Save(writer);
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        if (reader.ReadBool())
        {
            _first = null;
            _library.Load(ref reader);
            return;
        }

        _first = new SlidingWindow(_warmUp);
        _first.Load(ref reader);
        _library.Close();
    }

    protected override double Statistic(in Sample sample) => _library.Divergence(sample.Value);

    private void Open(SlidingWindow first)
    {
        var (low, high) = (double.MaxValue, double.MinValue);
        foreach (var value in first.Unordered)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        _library.Open(low, high);
        for (var age = first.Count - 1; age >= 0; age--)
        {
            Primed?.Invoke(_library.Divergence(first[age]));
            _library.Add(first[age]);
        }
    }
}
