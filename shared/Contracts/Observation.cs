namespace Tidewatch.Contracts;

/// <summary>One measurement of one series at one instant: what producers publish to <c>observations.&lt;domain&gt;.v1</c>.</summary>
/// <remarks>Either <see cref="Value"/> or <see cref="Features"/> is given, never both.</remarks>
public sealed record Observation
{
    /// <summary>The series the measurement belongs to, 1 to 256 UTF-8 bytes, also the record's key.</summary>
    public required string Series { get; init; }

    /// <summary>When the measurement was taken, UTC, millisecond precision.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The value of a series with one measure; finite.</summary>
    public double? Value { get; init; }

    /// <summary>The named values of a series with several measures, 1 to 64 of them; finite.</summary>
    public IReadOnlyDictionary<string, double>? Features { get; init; }

    /// <summary>Free text that travels along to the alert (region, merchant, device); not used for detection.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>Ground truth of labelled data: true for an anomaly. Never read by detectors, only by evaluation.</summary>
    public bool? Label { get; init; }
}
