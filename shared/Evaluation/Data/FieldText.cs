using System.Globalization;

namespace Tidewatch.Evaluation.Data;

/// <summary>What the text of a field means; the same for every format.</summary>
public static class FieldText
{
    private const long SmallestMilliseconds = 100_000_000_000;

    /// <summary>A finite number in the invariant culture.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Whether nothing was measured: an empty field, or one of the words that tables have for it.</summary>
    public static bool IsMissing(ReadOnlySpan<char> text) => text.Length <= 4 && text.ToString().ToUpperInvariant() is "" or "NAN" or "NA" or "N/A" or "NULL" or "NONE" or "?";

    /// <summary>True for the number 1 and for true, yes, anomaly and outlier; false for the number 0 and for false, no, normal and inlier; upper or lower case alike.</summary>
    public static bool? LabelOf(string text) => text.ToUpperInvariant() switch
    {
        "1" or "TRUE" or "YES" or "ANOMALY" or "OUTLIER" => true,
        "0" or "FALSE" or "NO" or "NORMAL" or "INLIER" => false,
        _ => TryNumber(text, out var number) && number is 0 or 1 ? number == 1 : null,
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
