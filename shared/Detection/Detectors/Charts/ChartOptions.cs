using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Detectors.Charts;

/// <summary>What every control chart has: a baseline of the first values.</summary>
public abstract record ChartOptions : DetectorOptions
{
    /// <summary>Values the centre line and sigma are taken from, 10 to 1,000,000; default 100.</summary>
    [Range(10, 1_000_000)]
    public int Baseline { get; init; } = 100;

    /// <summary>Weight with which each later value moves the baseline, 0 to 0.5; 0 keeps it for ever; default 0.002.</summary>
    [Range(0, 0.5)]
    public double Adapt { get; init; } = 0.002;
}
