using System.Globalization;

namespace Tidewatch.Detection.Features;

/// <summary>Every feature, a line each.</summary>
public static class FeatureCatalog
{
    /// <summary>Most observations a feature looks back at.</summary>
    public const int LongestLookback = 10_000;

    public static IReadOnlyList<IFeature> All { get; } =
    [
        new ValueFeature(),
        new ChangeFeature(),
        new LocalMeanFeature(),
        new CalendarFeature("day-of-week-cos", CalendarFeature.Week, isSine: false),
        new CalendarFeature("day-of-week-sin", CalendarFeature.Week, isSine: true),
        new CalendarFeature("hour-of-day-cos", CalendarFeature.Day, isSine: false),
        new CalendarFeature("hour-of-day-sin", CalendarFeature.Day, isSine: true),
        new DifferenceFeature(1),
        new LagFeature(1),
        new RelativeChangeFeature(1),
        new RollingFeature(RollingStatistic.Mean, 12),
        new RollingFeature(RollingStatistic.Deviation, 12),
        new RollingFeature(RollingStatistic.Minimum, 12),
        new RollingFeature(RollingStatistic.Maximum, 12),
        new WeekendFeature(),
    ];

    /// <summary>The feature named <paramref name="name"/>, such as <c>lag-1</c> or <c>lag-24</c>. Throws <see cref="ArgumentException"/> that lists the names there are.</summary>
    public static IFeature Get(string name) => All.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)) ?? OfFamily(name)
        ?? throw new ArgumentException($"there is no feature '{name}'; there are {string.Join(", ", All.Select(f => f.Name))}, and those with a number take any from 1 to {LongestLookback}", nameof(name));

    private static IFeature? OfFamily(string name)
    {
        var dash = name.LastIndexOf('-');
        return dash > 0 && int.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= LongestLookback
            ? All.Where(f => f.Name.StartsWith(name[..(dash + 1)], StringComparison.OrdinalIgnoreCase)).Select(f => f.Over(count)).FirstOrDefault(f => f is not null)
            : null;
    }
}
