using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Shouldly;
using Tidewatch.Contracts.Codecs;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Contracts.Tests.Docs;

/// <summary>docs/schemas/alert.v1.json, which <c>ce_dataschema</c> names, is written from the contract; <c>UPDATE_DOCS=1</c> in the environment writes it anew.</summary>
public sealed class AlertSchemaTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSchemaExporterOptions Exporter = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Described };

    [Fact]
    public void AlertSchema_Always_SaysWhatTheContractSays()
    {
        var schema = Schema().ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";

        GeneratedPage.Stale("schemas/alert.v1.json", schema).ShouldBeNull();
    }

    [Fact]
    public void AlertSchema_OfASample_NamesEveryFieldAndAsksForTheRequiredOnes()
    {
        var schema = Schema();
        var properties = schema["properties"]!.AsObject();
        var sample = JsonNode.Parse(AlertCodec.Encode(Samples.EnsembleAlert))!.AsObject();

        sample.Select(p => p.Key).ShouldBeSubsetOf(properties.Select(p => p.Key));
        schema["required"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBeSubsetOf(sample.Select(p => p.Key));
        properties["severity"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(["none", "mild", "moderate", "extreme"]);
    }

    private static JsonObject Schema()
    {
        var schema = ContractJson.Default.Options.GetJsonSchemaAsNode(typeof(Alert), Exporter).AsObject();
        schema.Insert(0, "$id", "https://tidewatch.dev/schemas/alert.v1.json");
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema;
    }

    /// <summary>Words of enums and the format of times, which the codec's converters hide, and the docs of the contract.</summary>
    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var node = type switch
        {
            { IsEnum: true } => new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(n => (JsonNode)n.ToLowerInvariant())]) },
            _ when type == typeof(DateTimeOffset) => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            _ => schema,
        };
        if (node is JsonObject described && context.PropertyInfo?.AttributeProvider is PropertyInfo property && property.DeclaringType == typeof(Alert))
        {
            described.Insert(0, "description", XmlDocs.SummaryOf(property));
        }

        return node;
    }
}
