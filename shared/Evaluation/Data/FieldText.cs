using System.Globalization;

namespace Tidewatch.Evaluation.Data;

/// <summary>What the text of a field means; the same for every format.</summary>
public static class FieldText
{
    private const long SmallestMilliseconds = 100_000_000_000;

    /// <summary>A finite number in the invariant culture.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>1 or true, 0 or false.</summary>
    public static bool? LabelOf(string text) => text switch
    {
        "1" or "1.0" or "true" or "True" => true,
        "0" or "0.0" or "false" or "False" => false,
        _ => null,
    };

    /// <summary>A time in ISO 8601, with a space or T; UTC when it names no zone; whole numbers are Unix seconds below 1e11, else milliseconds.</summary>
    public static bool TryTimeMs(string text, out long timeMs)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            timeMs = UnixMs(number);
            return true;
        }

        var parsed = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time);
        timeMs = parsed ? time.ToUnixTimeMilliseconds() : 0;
        return parsed;
    }

    /// <summary>A whole number as Unix milliseconds: seconds below 1e11, else milliseconds.</summary>
    public static long UnixMs(long number) => Math.Abs(number) < SmallestMilliseconds ? number * 1000 : number;
}
