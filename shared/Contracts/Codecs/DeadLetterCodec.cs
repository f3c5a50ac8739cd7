using System.Globalization;
using System.Text;

namespace Tidewatch.Contracts.Codecs;

/// <summary>The headers that say why a record is on the dead-letter topic.</summary>
public static class DeadLetterCodec
{
    /// <summary>What every header of ours begins with.</summary>
    public const string Prefix = "__tidewatch.errors.";

    /// <summary>Our headers, to be added behind the original ones.</summary>
    public static IEnumerable<KeyValuePair<string, byte[]>> Headers(DeadLetter letter)
    {
        yield return Header("topic", letter.Topic);
        yield return Header("partition", letter.Partition);
        yield return Header("offset", letter.Offset);
        yield return Header("timestamp", letter.TimestampMs);
        yield return Header("stage", letter.Stage);
        yield return Header("code", letter.Code);
        yield return Header("message", letter.Message);
        yield return Header("attempts", letter.Attempts);
        yield return Header("service", letter.Service);
    }

    private static KeyValuePair<string, byte[]> Header(string name, IFormattable value) => Header(name, value.ToString(null, CultureInfo.InvariantCulture));

    private static KeyValuePair<string, byte[]> Header(string name, string value) => new(Prefix + name, Encoding.UTF8.GetBytes(value));
}
