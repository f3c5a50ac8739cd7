using System.Globalization;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Generator.Replay;

/// <summary>Reads a time: by one given format, or by any of the usual ones. Without a zone it is UTC.</summary>
public sealed class TimeFormat(string format)
{
    /// <summary>Any form that <see cref="TimeText"/> knows.</summary>
    public const string Auto = "auto";

    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private const decimal MaxMilliseconds = 253_402_300_799_999;

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
            Auto => TryAny(text, out time),
            "unix_s" => TryUnix(text, 1_000, out time),
            "unix_ms" => TryUnix(text, 1, out time),
            _ => DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, Utc, out time),
        };
        return read && time >= DateTimeOffset.UnixEpoch;
    }

    private static bool TryAny(string text, out DateTimeOffset time)
    {
        var read = TimeText.TryMs(text, out var timeMs);
        time = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
        return read;
    }

    private static bool TryUnix(string text, decimal scale, out DateTimeOffset time)
    {
        time = default;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number < 0)
        {
            return false;
        }

        var milliseconds = number * scale;
        if (milliseconds > MaxMilliseconds)
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
        return true;
    }
}
