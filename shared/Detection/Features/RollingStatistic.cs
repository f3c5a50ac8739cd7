namespace Tidewatch.Detection.Features;

/// <summary>What a <see cref="RollingFeature"/> takes of its values.</summary>
public enum RollingStatistic
{
    Mean,

    /// <summary>Population standard deviation.</summary>
    Deviation,
    Minimum,
    Maximum,
}
