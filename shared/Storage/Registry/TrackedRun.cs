using System.Security.Cryptography;
using System.Text;

namespace Tidewatch.Storage.Registry;

/// <summary>One training or evaluation with what went in and what came out.</summary>
public sealed record TrackedRun
{
    /// <summary>32 hex digits, see <see cref="IdOf"/>.</summary>
    public required string Id { get; init; }

    /// <summary>What the run is compared with; letters, digits, space and -_./ .</summary>
    public required string Experiment { get; init; }

    public required string Name { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long StartedMs { get; init; }

    /// <summary>Unix milliseconds, at or after <see cref="StartedMs"/>.</summary>
    public required long EndedMs { get; init; }

    /// <summary>The model file the run wrote; null where it wrote none.</summary>
    public string? Artifact { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>The id of a run: the same experiment, name, start and parameters give the same id, so that a repeated record does nothing.</summary>
    public static string IdOf(string experiment, string name, long startedMs, IReadOnlyDictionary<string, string> parameters)
    {
        var text = string.Join('\n', [experiment, name, $"{startedMs}", .. parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
