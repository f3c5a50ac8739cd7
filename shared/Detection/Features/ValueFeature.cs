using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Features;

/// <summary>The value itself.</summary>
public sealed class ValueFeature : IFeature
{
    public string Name => "value";

    public int Lookback => 0;

    public double Extract(double value, SlidingWindow past) => value;
}
