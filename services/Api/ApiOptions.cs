using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Api;

/// <summary>Section <c>Api</c>: how much of the stream is kept in memory for the page and its requests.</summary>
public sealed record ApiOptions
{
    /// <summary>Series kept, 1 to 100,000; default 2,000. Points of further series are counted and left out until a kept one has been idle for <see cref="IdleAfter"/>.</summary>
    [Range(1, 100_000)]
    public int MaxSeries { get; init; } = 2_000;

    /// <summary>Latest points kept per series, 10 to 1,000,000; default 3,600 (an hour at one a second, up to 150 kB a series).</summary>
    [Range(10, 1_000_000)]
    public int PointsPerSeries { get; init; } = 3_600;

    /// <summary>Latest alerts kept, 10 to 100,000; default 1,000. Older ones are read from the anomaly store.</summary>
    [Range(10, 100_000)]
    public int RecentAlerts { get; init; } = 1_000;

    /// <summary>A series without a point for this long may give way to a new one; 1 s to 1 day, default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Points that wait for one slow reader of the stream before the oldest are dropped, 10 to 1,000,000; default 5,000. Alerts are never dropped.</summary>
    [Range(10, 1_000_000)]
    public int StreamQueue { get; init; } = 5_000;

    /// <summary>Pause between heartbeats of an idle stream, 1 s to 1 minute; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far back the running audit of the alerts begins at a start, 1 minute to 7 days; default 1 hour. Longer than the API may be away, or what happened meanwhile is only seen by <c>tidewatch audit</c>.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan AuditLookback { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Begin at the end of the scores topic: for many thousands of series, where reading back the kept day takes too long. Default false.</summary>
    public bool LiveOnly { get; init; }
}
