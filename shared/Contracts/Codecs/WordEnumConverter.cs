using System.Text.Json.Serialization;
using System.Text.Json;

namespace Tidewatch.Contracts.Codecs;

/// <summary>Enums as lower-case words; numbers are refused.</summary>
public sealed class WordEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
