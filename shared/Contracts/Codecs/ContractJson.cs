using System.Text.Json.Serialization;

namespace Tidewatch.Contracts.Codecs;

/// <summary>JSON of the contracts by source generation: camelCase, no nulls, enums as lower-case words.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WordEnumConverter<AlertState>), typeof(WordEnumConverter<Severity>), typeof(WordEnumConverter<Direction>), typeof(WordEnumConverter<Feedback>), typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Observation))]
[JsonSerializable(typeof(Correction))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(ScorePoint))]
[JsonSerializable(typeof(ProgressRecord))]
public sealed partial class ContractJson : JsonSerializerContext;
