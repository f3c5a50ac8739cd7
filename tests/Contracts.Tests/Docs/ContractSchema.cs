using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Tidewatch.Contracts.Codecs;
using Tidewatch.TestKit;

namespace Tidewatch.Contracts.Tests.Docs;

/// <summary>The JSON schema of a contract, with its docs.</summary>
internal static class ContractSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As it stands in docs/schemas.</summary>
    public static string Text(Type contract, string file) => Of(contract, file).ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";

    public static JsonObject Of(Type contract, string file)
    {
        var exporter = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, schema) => Described(contract, context, schema) };
        var schema = ContractJson.Default.Options.GetJsonSchemaAsNode(contract, exporter).AsObject();
        schema.Insert(0, "$id", $"https://tidewatch.dev/schemas/{file}");
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema;
    }

    /// <summary>Words of enums and the format of times, which the codec's converters hide, and the docs of the contract.</summary>
    private static JsonNode Described(Type contract, JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var node = type switch
        {
            { IsEnum: true } => new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(n => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(n))]) },
            _ when type == typeof(DateTimeOffset) => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            _ => schema,
        };
        if (node is JsonObject described && context.PropertyInfo?.AttributeProvider is PropertyInfo property && property.DeclaringType == contract)
        {
            described.Insert(0, "description", XmlDocs.SummaryOf(property));
        }

        return node;
    }
}
