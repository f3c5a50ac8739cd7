using System.Globalization;

namespace Tidewatch.Generator.Replay;

/// <summary>Reads a time: by one given format, or by any of the usual ones. Without a zone it is UTC.</summary>
public sealed class TimeFormat(string format)
{
    /// <summary>Tries the usual formats; a number is seconds, milliseconds, microseconds or nanoseconds since 1970, told by its size.</summary>
    public const string Auto = "auto";

    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private const decimal MaxMilliseconds = 253_402_300_799_999;

    private static readonly string[] Usual =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd",
        "yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd HH:mm", "M/d/yyyy H:mm:ss", "M/d/yyyy H:mm", "dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm",
    ];

    /// <summary>What a value should have been, for messages.</summary>
    public string Wanted => format switch
    {
        Auto => "a time (such as 2026-01-31 12:00:00, 2026-01-31T12:00:00Z or Unix seconds or milliseconds, from 1970 on)",
        _ => $"a time in the format {format}",
    };

    public bool TryRead(string text, out DateTimeOffset time)
    {
        text = text.Trim();
        var read = format switch
        {
            Auto => TryUnix(text, scale: null, out time) || DateTimeOffset.TryParseExact(text, Usual, CultureInfo.InvariantCulture, Utc, out time),
            "unix_s" => TryUnix(text, 1_000, out time),
            "unix_ms" => TryUnix(text, 1, out time),
            _ => DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, Utc, out time),
        };
        return read && time >= DateTimeOffset.UnixEpoch;
    }

    private static bool TryUnix(string text, decimal? scale, out DateTimeOffset time)
    {
        time = default;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number < 0)
        {
            return false;
        }

        var milliseconds = number * (scale ?? number switch { < 100_000_000_000m => 1_000m, < 100_000_000_000_000m => 1m, < 100_000_000_000_000_000m => 0.001m, _ => 0.000001m });
        if (milliseconds > MaxMilliseconds)
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
        return true;
    }
}
