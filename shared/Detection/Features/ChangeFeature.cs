using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Features;

/// <summary>Difference to the value before; 0 for the first.</summary>
public sealed class ChangeFeature : IFeature
{
    public string Name => "change";

    public int Lookback => 1;

    public double Extract(double value, SlidingWindow past) => past.Count == 0 ? 0 : value - past[0];
}
