using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Features;

/// <summary>The value <paramref name="lag"/> observations ago; the oldest there is while there are fewer, and the value itself when there is none.</summary>
public sealed class LagFeature(int lag) : IFeature
{
    public string Name => $"lag-{lag}";

    public int Lookback => lag;

    public double Extract(double value, SlidingWindow past) => past.Count == 0 ? value : past[Math.Min(lag, past.Count) - 1];

    public IFeature Over(int count) => new LagFeature(count);
}
