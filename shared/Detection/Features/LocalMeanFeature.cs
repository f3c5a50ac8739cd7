using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Features;

/// <summary>Mean of the value and up to nine before it: slow shifts that single values hide.</summary>
public sealed class LocalMeanFeature : IFeature
{
    public string Name => "local-mean";

    public int Lookback => 9;

    public double Extract(double value, SlidingWindow past)
    {
        var count = Math.Min(past.Count, Lookback);
        var sum = value;
        for (var age = 0; age < count; age++)
        {
            sum += past[age];
        }

        return sum / (count + 1);
    }
}
