using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Options of <see cref="SilenceDetector"/>.</summary>
public sealed record SilenceOptions : DetectorOptions
{
    /// <summary>Intervals remembered, 8 to 10,000; default 64.</summary>
    [Range(8, 10_000)]
    public int Window { get; init; } = 64;

    /// <summary>Intervals before the first score, 4 to <see cref="Window"/>; default 16.</summary>
    [Range(4, 10_000)]
    public int WarmUp { get; init; } = 16;

    /// <summary>Quantile of the intervals that is still usual, 0.5 to 1; default 0.9.</summary>
    [Range(0.5, 1)]
    public double Usual { get; init; } = 0.9;

    /// <summary>Multiples of the usual interval that score 0.5, 1.1 to 1,000; default 3.</summary>
    [Range(1.1, 1_000)]
    public double Width { get; init; } = 3;
}

/// <summary>Time since the observation before, in multiples of the usual interval; values play no part. Out-of-order observations score 0.</summary>
public sealed class SilenceDetector(SilenceOptions options) : StreamDetector, IDetector<SilenceDetector, SilenceOptions>
{
    private readonly SortedWindow _intervals = new(options.Window);
    private long _lastMs = long.MinValue;

    public static string Name => "silence";

    public static string Summary => "Time since the observation before, in multiples of the usual interval.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.UsesTime;

    public override bool IsWarm => _intervals.Count >= Math.Min(options.WarmUp, options.Window);

    protected override double Half => options.Width;

    public static SilenceDetector Create(SilenceOptions options, SeriesContext context) => new(options);

    public override void Learn(in Sample sample)
    {
        if (_lastMs != long.MinValue && sample.TimeMs > _lastMs)
        {
            _intervals.Add((double)sample.TimeMs - _lastMs);
        }

        _lastMs = Math.Max(_lastMs, sample.TimeMs);
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_lastMs);
        _intervals.Save(writer);
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _lastMs = reader.ReadInt64();
        _intervals.Load(ref reader);
    }

    protected override double Statistic(in Sample sample) => ((double)sample.TimeMs - _lastMs) / Math.Max(1, _intervals.Quantile(options.Usual));
}
