using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Features;

/// <summary>Difference to the value <paramref name="lag"/> observations ago: at the length of a season it takes the season away. 0 while there are fewer.</summary>
public sealed class DifferenceFeature(int lag) : IFeature
{
    public string Name => $"difference-{lag}";

    public int Lookback => lag;

    public double Extract(double value, SlidingWindow past) => past.Count < lag ? 0 : value - past[lag - 1];

    public IFeature Over(int count) => new DifferenceFeature(count);
}
