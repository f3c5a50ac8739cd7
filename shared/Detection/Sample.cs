namespace Tidewatch.Detection;

/// <summary>What a detector sees of one observation: its features and its event time.</summary>
/// <param name="values">Features, as many as <see cref="SeriesContext.Dimension"/>; finite.</param>
/// <param name="timeMs">Event time, Unix milliseconds UTC.</param>
public readonly ref struct Sample(ReadOnlySpan<double> values, long timeMs)
{
    public ReadOnlySpan<double> Values { get; } = values;

    public long TimeMs { get; } = timeMs;

    /// <summary>The first feature: the observed value itself.</summary>
    public double Value => Values[0];
}
