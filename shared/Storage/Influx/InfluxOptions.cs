using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Storage.Influx;

/// <summary>Section <c>Influx</c>: an InfluxDB with the v2 API (2.x; 3 for writing).</summary>
public sealed record InfluxOptions : IValidatableObject
{
    /// <summary>Address such as <c>http://localhost:8086</c>; empty (default) keeps anomalies in SQLite instead.</summary>
    public string? Url { get; init; }

    /// <summary>Organisation; default <c>tidewatch</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Org { get; init; } = "tidewatch";

    /// <summary>Bucket; default <c>anomalies</c>. It must exist, with a retention as long as the data is old.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Bucket { get; init; } = "anomalies";

    /// <summary>API token that may write the bucket, and read it for the API. Never logged.</summary>
    public string? Token { get; init; }

    /// <summary>Lines sent in one request, 1 to 5,000; default 5,000, the most that InfluxDB recommends.</summary>
    [Range(1, 5_000)]
    public int BatchLines { get; init; } = 5_000;

    /// <summary>Tries of one request while the server is away or busy, 1 to 10; default 4. After the last the caller decides.</summary>
    [Range(1, 10)]
    public int Attempts { get; init; } = 4;

    /// <summary>Wait before the second try, doubled each time, 10 ms to 1 min; default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait between tries, also when Retry-After asks for more, 10 ms to 5 min; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for one request, 1 s to 5 min; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Url) && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return new ValidationResult($"'{Url}' is not an http or https address", [nameof(Url)]);
        }
    }

    /// <summary>Without the token.</summary>
    public override string ToString() => $"{Url} org={Org} bucket={Bucket}";
}
