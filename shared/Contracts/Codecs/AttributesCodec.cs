using System.Text.Json;

namespace Tidewatch.Contracts.Codecs;

/// <summary>Attributes, a flat JSON object of strings.</summary>
public static class AttributesCodec
{
    /// <summary>Null for an empty span. The span must hold an object of strings, as the observation decoder has checked.</summary>
    public static IReadOnlyDictionary<string, string>? Decode(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            map[name] = reader.GetString()!;
        }

        return map;
    }
}
