using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Features;

/// <summary>Difference to the value <paramref name="lag"/> observations ago over that value's size, -1,000 to 1,000; 0 while there are fewer or when both are 0.</summary>
public sealed class RelativeChangeFeature(int lag) : IFeature
{
    private const double Most = 1_000;

    public string Name => $"relative-change-{lag}";

    public int Lookback => lag;

    public double Extract(double value, SlidingWindow past)
    {
        if (past.Count < lag || value == past[lag - 1])
        {
            return 0;
        }

        var before = past[lag - 1];
        return Math.Clamp((value - before) / Math.Abs(before), -Most, Most);
    }

    public IFeature Over(int count) => new RelativeChangeFeature(count);
}
