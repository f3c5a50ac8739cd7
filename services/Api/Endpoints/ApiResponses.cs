using Tidewatch.Api.Views;
using Tidewatch.Contracts;

namespace Tidewatch.Api.Endpoints;

/// <summary>Answer of <c>GET /api/v1/series</c>.</summary>
/// <param name="Total">Series that match, before the limit.</param>
/// <param name="Alerting">Of these, series with an open alert.</param>
/// <param name="Series">Alerting first (worst severity first), then by id.</param>
public sealed record SeriesList(int Total, int Alerting, IReadOnlyList<SeriesSummary> Series);

/// <summary>Answer of <c>GET /api/v1/series/points</c>: one array per column, of equal length, oldest first.</summary>
public sealed record SeriesPoints
{
    public required string Series { get; init; }

    public required string Domain { get; init; }

    /// <summary>For a series of several features, the one that the latest point speaks of; the points may each speak of another. Absent for a single value.</summary>
    public string? Feature { get; init; }

    /// <summary>Points in memory in the asked range, before downsampling.</summary>
    public required int Total { get; init; }

    /// <summary>Event times, Unix milliseconds UTC.</summary>
    public required long[] TimeMs { get; init; }

    public required double[] Value { get; init; }

    /// <summary>Lower ends of the expected range; null where the detector was warming up.</summary>
    public required double?[] Lower { get; init; }

    /// <summary>Upper ends of the expected range; null where the detector was warming up.</summary>
    public required double?[] Upper { get; init; }

    /// <summary>Anomaly scores in [0, 1].</summary>
    public required float[] Score { get; init; }

    public required Severity[] Severity { get; init; }

    public static SeriesPoints Of(SeriesTrack track, int total, PointSample[] points) => new()
    {
        Series = track.Series,
        Domain = track.Domain,
        Feature = track.Feature,
        Total = total,
        TimeMs = [.. points.Select(p => p.TimeMs)],
        Value = [.. points.Select(p => p.Value)],
        Lower = [.. points.Select(p => Known(p.Lower))],
        Upper = [.. points.Select(p => Known(p.Upper))],
        Score = [.. points.Select(p => p.Score)],
        Severity = [.. points.Select(p => p.Severity)],
    };

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>Answer of <c>GET /api/v1/alerts</c>.</summary>
/// <param name="Complete">False when older alerts could not be read because the anomaly store is away: what is in memory is here all the same.</param>
/// <param name="Alerts">Those in memory by arrival, newest first, then those of the store by event time, newest first.</param>
public sealed record AlertList(bool Complete, IReadOnlyList<Alert> Alerts);

/// <summary>Data of a <c>points</c> event of the stream.</summary>
/// <param name="Dropped">Older points that this reader was too slow for since its last event.</param>
/// <param name="Points">In order of arrival.</param>
public sealed record PointsEvent(int Dropped, IReadOnlyList<ScorePoint> Points);

/// <summary>Data of the <c>hello</c> and <c>heartbeat</c> events of the stream.</summary>
/// <param name="Time">The server's clock, UTC.</param>
public sealed record ClockEvent(DateTimeOffset Time);
