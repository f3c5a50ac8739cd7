namespace Tidewatch.Contracts;

/// <summary>What a person says of one judged observation: published to the observations topic of its series, with the series as key, so that its place among the observations is recorded.</summary>
/// <remarks>A record with <c>value</c> or <c>features</c> is an observation, whatever else it holds.</remarks>
public sealed record Correction
{
    /// <summary>The series of the judged observation, 1 to 256 UTF-8 bytes, also the record's key.</summary>
    public required string Series { get; init; }

    /// <summary>Event time of the judged observation, UTC; not after the newest one of the series.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What it really was.</summary>
    public required Feedback Feedback { get; init; }

    /// <summary>The score that it had, in [0, 1]: the alert's, or a score point's.</summary>
    public required double Score { get; init; }

    /// <summary>Id of the alert that is spoken of, for people who read the log; nothing depends on it.</summary>
    public string? Alert { get; init; }

    /// <summary>What is said of the observation that made <paramref name="alert"/> known.</summary>
    public static Correction Of(Alert alert, Feedback feedback) =>
        new() { Series = alert.Series, Time = alert.Time, Feedback = feedback, Score = alert.Score, Alert = alert.Id };
}

/// <summary>A person's judgement of an observation.</summary>
public enum Feedback
{
    /// <summary>There was an alert, and nothing was wrong.</summary>
    FalseAlarm,

    /// <summary>There was an alert, and it was right.</summary>
    Confirmed,

    /// <summary>There was no alert, and there should have been one.</summary>
    Missed,
}
