namespace Tidewatch.Detection;

/// <summary>What a detector is made for.</summary>
/// <param name="Dimension">Features of each sample, at least 1.</param>
/// <param name="Seed">Seed of every random choice; the engine derives it from the series id.</param>
public readonly record struct SeriesContext(int Dimension, ulong Seed);
