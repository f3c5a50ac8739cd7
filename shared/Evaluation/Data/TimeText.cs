using System.Globalization;

namespace Tidewatch.Evaluation.Data;

/// <summary>What a text means as a time; the same for every format and every program that reads files.</summary>
public static class TimeText
{
    private const double SmallestMilliseconds = 1e11;
    private const double SmallestMicroseconds = 1e14;
    private const double SmallestNanoseconds = 1e17;
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private static readonly long EarliestMs = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LatestMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Forms of ISO 8601 without separators, and dates with points, of which the day stands first everywhere.</summary>
    private static readonly string[] Exact = ["yyyyMMdd'T'HHmmssK", "yyyyMMdd'T'HHmmss.FFFFFFFK", "yyyyMMdd'T'HHmmK", "d.M.yyyy", "d.M.yyyy H:mm", "d.M.yyyy H:mm:ss", "d.M.yyyy H:mm:ss.FFFFFFF"];

    /// <summary>A time in ISO 8601 with a space, T or no separators, day.month.year, or month/day/year; UTC when it names no zone. A number is Unix time: seconds below 1e11, milliseconds below 1e14, microseconds below 1e17, else nanoseconds.</summary>
    /// <param name="text">The text; a time of day or a day without its year is none.</param>
    /// <param name="timeMs">Unix milliseconds; 0 where there is no time.</param>
    public static bool TryMs(string text, out long timeMs)
    {
        timeMs = 0;
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole))
        {
            return TryRange(Math.Abs((double)whole) switch { < SmallestMilliseconds => whole * 1_000, < SmallestMicroseconds => whole, < SmallestNanoseconds => whole / 1_000, _ => whole / 1_000_000 }, out timeMs);
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var broken))
        {
            return TryRange(broken * Math.Abs(broken) switch { < SmallestMilliseconds => 1e3, < SmallestMicroseconds => 1, < SmallestNanoseconds => 1e-3, _ => 1e-6 }, out timeMs);
        }

        DateTimeOffset time = default;
        var isTime = (!BeginsWithDay(text) && NamesYear(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out time))
            || DateTimeOffset.TryParseExact(text, Exact, CultureInfo.InvariantCulture, Utc | DateTimeStyles.AllowWhiteSpaces, out time);
        timeMs = isTime ? time.ToUnixTimeMilliseconds() : 0;
        return isTime;
    }

    private static bool TryRange(double value, out long timeMs)
    {
        var isTime = value >= EarliestMs && value <= LatestMs;
        timeMs = isTime ? (long)Math.Round(value) : 0;
        return isTime;
    }

    private static bool BeginsWithDay(string text) => text.AsSpan().TrimStart() is [_, '.', ..] or [_, _, '.', ..];

    /// <summary>Whether the date has three parts or a year of four digits: what is left out would be taken from today.</summary>
    private static bool NamesYear(string text)
    {
        var (parts, digits) = (0, 0);
        foreach (var letter in text.AsSpan().Trim())
        {
            if (letter == ':')
            {
                break;
            }

            digits = char.IsAsciiDigit(letter) ? digits + 1 : 0;
            parts += letter is '-' or '/' or '.' ? 1 : 0;
            if (digits == 4 || parts == 2)
            {
                return true;
            }
        }

        return false;
    }
}
