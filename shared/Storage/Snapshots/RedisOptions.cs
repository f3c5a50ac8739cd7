using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Storage.Snapshots;

/// <summary>Section <c>Redis</c>: where snapshots are kept.</summary>
public sealed record RedisOptions
{
    /// <summary>StackExchange.Redis connection string, such as <c>localhost:6379</c>; empty (default) keeps snapshots in memory.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>What every key begins with; default <c>tidewatch</c>.</summary>
    [RegularExpression("[a-zA-Z0-9._:-]{1,100}")]
    public string KeyPrefix { get; init; } = "tidewatch";

    /// <summary>Longest wait for a connection or an answer, 100 ms to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}
