using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidewatch.Detection.Models;

/// <summary>Options as JSON, camelCase, and back with every range checked. The type comes from the catalogue, never from the text.</summary>
public static class OptionsJson
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter() },
        MaxDepth = 8,
    };

    public static string Write(DetectorOptions options) => JsonSerializer.Serialize(options, options.GetType(), Json);

    /// <summary>Options of <paramref name="type"/>; what the text does not name has its default. Throws <see cref="ValidationException"/> that names what is wrong.</summary>
    public static DetectorOptions Read(string text, Type type)
    {
        try
        {
            var options = (DetectorOptions?)JsonSerializer.Deserialize(text, type, Json) ?? throw new ValidationException("null is no set of options");
            var problems = OptionsCheck.Problems(options).ToArray();
            return problems.Length == 0 ? options : throw new ValidationException(string.Join("; ", problems));
        }
        catch (JsonException e)
        {
            throw new ValidationException($"options: {e.Message}; there are {string.Join(", ", type.GetProperties().Where(p => p.CanWrite).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)))}", e);
        }
    }
}
