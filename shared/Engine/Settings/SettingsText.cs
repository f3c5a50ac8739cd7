using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidewatch.Engine.Settings;

/// <summary>The engine's settings as one text, from which the same rules are made again. It holds what decides about state and emissions and nothing else: no address, no secret.</summary>
public static class SettingsText
{
    /// <summary>JSON without what is null; the same for the same settings on every machine. What a derived record adds is left out.</summary>
    public static string Of(EngineSettings settings) => JsonSerializer.Serialize(settings, SettingsJson.Default.EngineSettings);

    /// <summary>The settings of a text. Throws <see cref="FormatException"/>, with every error, for one that makes none in this release.</summary>
    public static EngineSettings Read(string text)
    {
        EngineSettings? settings;
        try
        {
            settings = JsonSerializer.Deserialize(text, SettingsJson.Default.EngineSettings);
        }
        catch (JsonException e)
        {
            throw new FormatException($"not the text of settings: {e.Message}", e);
        }

        var results = new List<ValidationResult>();
        return settings is not null && Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true)
            ? settings
            : throw new FormatException($"settings with errors: {string.Join("; ", results.Select(r => r.ErrorMessage))}");
    }
}

/// <summary>JSON of settings by source generation.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true, UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(EngineSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;
