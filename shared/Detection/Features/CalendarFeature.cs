using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Features;

/// <summary>Where in a day or week, UTC, the observation lies, as a point of a circle: midnight is near 23:59.</summary>
/// <param name="name">Its name.</param>
/// <param name="period">Length of the circle.</param>
/// <param name="isSine">The sine of the angle, else the cosine.</param>
public sealed class CalendarFeature(string name, TimeSpan period, bool isSine) : IFeature
{
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>1970-01-05, the first Monday of Unix time.</summary>
    private const long MondayMs = 4 * 86_400_000L;

    public string Name => name;

    public int Lookback => 0;

    public double Extract(double value, SlidingWindow past) => 0;

    public double Extract(double value, long timeMs, SlidingWindow past)
    {
        var length = (long)period.TotalMilliseconds;
        var place = (((timeMs - MondayMs) % length) + length) % length;
        var (sine, cosine) = Math.SinCos(2 * Math.PI * place / length);
        return isSine ? sine : cosine;
    }
}
