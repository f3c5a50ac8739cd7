using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tidewatch.Contracts.Codecs;

/// <summary>Times as producers write them: RFC 3339, a time without zone being UTC.</summary>
internal static class TimeText
{
    private const int Longest = 64;

    /// <summary>Reads the string that <paramref name="json"/> stands on.</summary>
    public static bool TryRead(ref Utf8JsonReader json, out DateTimeOffset time)
    {
        if (json.TryGetDateTimeOffset(out time) && HasZone(json.ValueSpan))
        {
            return true;
        }

        Span<char> text = stackalloc char[Longest];
        return json.ValueSpan.Length <= text.Length && !json.ValueIsEscaped
            && Encoding.UTF8.TryGetChars(json.ValueSpan, text, out var length)
            && DateTimeOffset.TryParse(text[..length], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    private static bool HasZone(ReadOnlySpan<byte> text) =>
        text.Length > 10 && (text[^1] == (byte)'Z' || text[10..].IndexOfAny((byte)'+', (byte)'-') >= 0);
}
