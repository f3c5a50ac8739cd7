namespace Tidewatch.Contracts;

/// <summary>What the detector made of one observation: the live view's food, published to <c>scores.v1</c> at most once per series and interval.</summary>
public sealed record ScorePoint
{
    public required string Series { get; init; }
    public required string Domain { get; init; }
    public required DateTimeOffset Time { get; init; }
    public required double Value { get; init; }

    /// <summary>For a series of several features, the one that <see cref="Value"/> and <see cref="Expected"/> speak of: the one that deviates most. Absent for a single value.</summary>
    public string? Feature { get; init; }

    /// <summary>Anomaly score in [0, 1]; 0 while the detector warms up.</summary>
    public required double Score { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>The expected range, absent while the detector warms up.</summary>
    public ExpectedRange? Expected { get; init; }
}
