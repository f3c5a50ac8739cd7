using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Thresholds;

/// <summary>When a score is an anomaly, how bad it is, and when it is over.</summary>
public sealed record ThresholdOptions
{
    /// <summary>Score from which an observation is anomalous, 0.01 to 1; default 0.5 (for the z-score: its width, 3 standard deviations).</summary>
    [Range(0.01, 1)]
    public double Threshold { get; init; } = 0.5;

    /// <summary>Share of the way from threshold to 1 at which mild becomes moderate, 0 to 1; default 0.2.</summary>
    [Range(0, 1)]
    public double Moderate { get; init; } = 0.2;

    /// <summary>Share of the way from threshold to 1 at which moderate becomes extreme, 0 to 1; default 0.4.</summary>
    [Range(0, 1)]
    public double Extreme { get; init; } = 0.4;

    /// <summary>Normal observations in a row that resolve an alert, 1 to 100,000; default 5.</summary>
    [Range(1, 100_000)]
    public int ResolveAfter { get; init; } = 5;

    /// <summary>Least distance from the expected centre in the value's unit; 0 (default) asks none.</summary>
    [Range(0, double.MaxValue)]
    public double MinimumChange { get; init; }

    /// <summary>Least distance from the expected centre as a share of its size; 0 (default) asks none.</summary>
    [Range(0, 1_000_000)]
    public double MinimumRelativeChange { get; init; }
}
