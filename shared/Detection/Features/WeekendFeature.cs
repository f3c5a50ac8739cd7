using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Features;

/// <summary>1 on Saturday and Sunday UTC, else 0.</summary>
public sealed class WeekendFeature : IFeature
{
    private const long DayMs = 86_400_000;

    public string Name => "weekend";

    public int Lookback => 0;

    public double Extract(double value, SlidingWindow past) => 0;

    /// <remarks>Unix time began on a Thursday.</remarks>
    public double Extract(double value, long timeMs, SlidingWindow past) => ((((long)Math.Floor((double)timeMs / DayMs) + 3) % 7) + 7) % 7 >= 5 ? 1 : 0;
}
