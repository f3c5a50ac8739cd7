using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Engine.Settings;

/// <summary>What decides about state and emissions: what judges which series, and what is let in.</summary>
public record EngineSettings : JudgementSettings
{
    /// <summary>The largest <see cref="MaxSeries"/>.</summary>
    internal const int MostSeries = 10_000_000;

    /// <summary>Overrides for series whose id matches a pattern; the first match counts.</summary>
    [Judgeable]
    public IReadOnlyList<ProfileSettings> Profiles { get; init; } = [];

    /// <summary>Least event time between two score points of one series; null (default) publishes none, 0 publishes all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan? ScoreInterval { get; init; }

    /// <summary>Series a partition may hold, 1 to 10,000,000; default 1,000,000. Observations of further ones become dead letters.</summary>
    [Range(1, MostSeries)]
    public int MaxSeries { get; init; } = 1_000_000;

    /// <summary>How far an event time may lie behind the record's append time, 0 to 365 days; default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan MaxFuture { get; init; } = TimeSpan.FromHours(1);
}
