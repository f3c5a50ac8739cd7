using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Features;

/// <summary>One number derived from the newest value, its event time, and the values before it. Pure, no allocation.</summary>
public interface IFeature
{
    /// <summary>Name in profiles, kebab-case; a number at its end is a count of observations and may be any other.</summary>
    string Name { get; }

    /// <summary>Past values it looks back at.</summary>
    int Lookback { get; }

    /// <summary>The feature of <paramref name="value"/>; <paramref name="past"/> holds the values before it, possibly fewer than <see cref="Lookback"/>.</summary>
    double Extract(double value, SlidingWindow past);

    /// <summary>The same at an event time, Unix milliseconds UTC; only calendar features look at it.</summary>
    double Extract(double value, long timeMs, SlidingWindow past) => Extract(value, past);

    /// <summary>The same feature over <paramref name="count"/> observations; null for one that has no such number.</summary>
    IFeature? Over(int count) => null;
}
