using Tidewatch.Contracts;

namespace Tidewatch.Api.Views;

/// <summary>A line of the list of series.</summary>
public sealed record SeriesSummary
{
    public required string Series { get; init; }

    public required string Domain { get; init; }

    /// <summary>Event time of the latest point, UTC.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>For a series of several features, the one that <see cref="Value"/> is of; absent for a single value.</summary>
    public string? Feature { get; init; }

    public double? Value { get; init; }

    /// <summary>Anomaly score of the latest point, in [0, 1].</summary>
    public float? Score { get; init; }

    /// <summary>The worst severity among the open alerts; none when nothing is open.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Event time at which the oldest open alert was opened, UTC.</summary>
    public DateTimeOffset? AlertingSince { get; init; }

    /// <summary>Points in memory.</summary>
    public required int Points { get; init; }

    /// <summary>The kept values (scores, for a series of several features) in few points, for a sparkline; only when asked for.</summary>
    public double[]? Spark { get; init; }
}
