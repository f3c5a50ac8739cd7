using System.ComponentModel.DataAnnotations;
using System.Text;
using Tidewatch.Contracts.Codecs;

namespace Tidewatch.Generator.Replay;

/// <summary>What becomes of a row that cannot be read.</summary>
public enum BadRows
{
    /// <summary>It is counted, the first few are logged, and the next row is read.</summary>
    Skip,

    /// <summary>The replay stops there, and the service's health names the row.</summary>
    Stop,
}

/// <summary>Section <c>Generator:Replay</c>: a file whose rows are published as if they happened now.</summary>
public sealed record ReplayOptions : IValidatableObject
{
    /// <summary>A CSV file, or a folder whose *.csv files follow each other; empty (default) replays nothing.</summary>
    public string Path { get; init; } = "";

    /// <summary>Column of the time, by name or position from 1; empty (default) takes timestamp, time, datetime, date or ts, else the first.</summary>
    public string TimeColumn { get; init; } = "";

    /// <summary>Column of the value, by name or position from 1; empty (default) takes value, else the first that is not the time.</summary>
    public string ValueColumn { get; init; } = "";

    /// <summary>Column of the ground truth (0, 1, true, false), by name or position from 1; empty (default) publishes no label.</summary>
    public string LabelColumn { get; init; } = "";

    /// <summary><c>auto</c> (default), <c>unix_s</c>, <c>unix_ms</c>, or a .NET date format; times without a zone are UTC.</summary>
    [Required]
    public string TimeFormat { get; init; } = Replay.TimeFormat.Auto;

    /// <summary>The character between two columns; empty (default) finds it among comma, semicolon, tab and bar.</summary>
    [StringLength(1)]
    public string Delimiter { get; init; } = "";

    /// <summary>Domain, and so topic, the rows are published to; default replay.</summary>
    [RegularExpression("[a-z0-9][a-z0-9._-]{0,99}", ErrorMessage = "a domain is lower-case letters, digits, '.', '_' and '-'")]
    public string Domain { get; init; } = "replay";

    /// <summary>How many times faster than the file's own times, 0 to 1e9; 0 (default) goes flat out.</summary>
    [Range(0, 1e9)]
    public double Speed { get; init; }

    /// <summary>True begins again at the end, with times that go on where the last round ended; default false.</summary>
    public bool Loop { get; init; }

    /// <summary>Skip (default) or Stop.</summary>
    public BadRows BadRows { get; init; } = BadRows.Skip;

    /// <summary>Opens every file, so that a wrong path or column fails the start.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Path.Length == 0)
        {
            yield break;
        }

        if (!File.Exists(Path) && !Directory.Exists(Path))
        {
            yield return new($"'{Path}' is neither a file nor a folder (looked in {Directory.GetCurrentDirectory()}): give a CSV file or a folder with *.csv", [nameof(Path)]);
            yield break;
        }

        var files = ReplayFile.List(Path, Domain).ToList();
        if (files.Count == 0)
        {
            yield return new($"'{Path}' holds no *.csv", [nameof(Path)]);
        }

        foreach (var (path, series) in files)
        {
            if (Problem(path, series) is { } problem)
            {
                yield return new($"{path}: {problem}", [nameof(Path)]);
            }
        }
    }

    private string? Problem(string path, string series)
    {
        if (Encoding.UTF8.GetByteCount(series) is > ObservationCodec.MaxSeriesBytes and var bytes)
        {
            return $"the series id from its name has {bytes} bytes, at most {ObservationCodec.MaxSeriesBytes} are allowed: rename it";
        }

        try
        {
            _ = new ReplayFile(path, series, this);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return e.Message;
        }
    }
}
