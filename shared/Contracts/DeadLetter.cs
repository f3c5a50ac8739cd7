namespace Tidewatch.Contracts;

/// <summary>An input record that could not be used, with its bytes untouched and the reason beside them.</summary>
/// <remarks>On the topic the value, the key and the original headers are those of the input; the rest travels as <c>__tidewatch.errors.*</c> headers.</remarks>
public sealed record DeadLetter
{
    public required string Topic { get; init; }
    public required int Partition { get; init; }
    public required long Offset { get; init; }

    /// <summary>The input record's own timestamp, Unix milliseconds.</summary>
    public required long TimestampMs { get; init; }

    /// <summary>Where it failed: <c>decode</c>, <c>validate</c> or <c>apply</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Stable snake_case code, see <see cref="RejectCode"/>.</summary>
    public required string Code { get; init; }

    /// <summary>The value at fault and the remedy, for a person.</summary>
    public required string Message { get; init; }

    public int Attempts { get; init; } = 1;
    public string Service { get; init; } = "detector";
    public required byte[]? Key { get; init; }
    public required byte[]? Value { get; init; }
}
