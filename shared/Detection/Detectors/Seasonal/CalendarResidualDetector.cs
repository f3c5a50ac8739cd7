using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Detectors.Seasonal;

/// <summary>Options of <see cref="CalendarResidualDetector"/>.</summary>
public sealed record CalendarResidualOptions : DetectorOptions
{
    /// <summary>Sine and cosine pairs that describe the day, 0 (no daily season) to 12; default 4.</summary>
    [Range(0, 12)]
    public int Harmonics { get; init; } = 4;

    /// <summary>Whether each day of the week has its own level; default true.</summary>
    public bool Weekdays { get; init; } = true;

    /// <summary>Whether values are counts, amounts or traffic, whose noise and season multiply: a logarithm is modelled; default false.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>Values the model remembers, 50 to 1,000,000; default 2,000.</summary>
    [Range(50, 1_000_000)]
    public int Memory { get; init; } = 2_000;

    /// <summary>Values before the first score, 20 to 1,000,000; default 300.</summary>
    [Range(20, 1_000_000)]
    public int WarmUp { get; init; } = 300;

    /// <summary>Standard deviations of the residual that score 0.5 and bound the expected range, 0.1 to 100; default 6.</summary>
    [Range(0.1, 100)]
    public double Width { get; init; } = 6;
}

/// <summary>Residual of a regression on the calendar: harmonics of the day and the weekday (UTC), as Prophet does it (Taylor, Letham 2018), by recursive least squares with forgetting.</summary>
/// <remarks>An error counts for at most 4 standard deviations when the model is updated. O(p^2) a value, with p = 1 + 2 harmonics + 6.</remarks>
public sealed class CalendarResidualDetector(CalendarResidualOptions options, SeriesContext context)
    : ChannelDetector(() => new CalendarChannel(options), context, options.Width), IDetector<CalendarResidualDetector, CalendarResidualOptions>
{
    public static string Name => "calendar-residual";

    public static string Summary => "Residual of a running regression on time of day and weekday, of values or their logarithm.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.UsesTime | DetectorTraits.Additive;

    public static CalendarResidualDetector Create(CalendarResidualOptions options, SeriesContext context) => new(options, context);
}
