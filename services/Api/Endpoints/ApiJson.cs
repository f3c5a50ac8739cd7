using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;

namespace Tidewatch.Api.Endpoints;

/// <summary>JSON of the API in the manner of the contracts: camelCase, no nulls for absent objects, enums as words, times in UTC.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WordEnumConverter<AlertState>), typeof(WordEnumConverter<Severity>), typeof(WordEnumConverter<Direction>), typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SeriesList))]
[JsonSerializable(typeof(SeriesPoints))]
[JsonSerializable(typeof(AlertList))]
[JsonSerializable(typeof(PointsEvent))]
[JsonSerializable(typeof(ClockEvent))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(ProblemDetails))]
public sealed partial class ApiJson : JsonSerializerContext;
