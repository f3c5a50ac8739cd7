using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Features;

/// <summary>One number derived from the newest value and the values before it. Pure, no allocation.</summary>
public interface IFeature
{
    /// <summary>Name in profiles, kebab-case.</summary>
    string Name { get; }

    /// <summary>Past values it looks back at.</summary>
    int Lookback { get; }

    /// <summary>The feature of <paramref name="value"/>; <paramref name="past"/> holds the values before it, possibly fewer than <see cref="Lookback"/>.</summary>
    double Extract(double value, SlidingWindow past);
}
