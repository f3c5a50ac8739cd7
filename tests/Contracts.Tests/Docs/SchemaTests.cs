using System.Text.Json.Nodes;
using Shouldly;
using Tidewatch.Contracts.Codecs;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Contracts.Tests.Docs;

/// <summary>docs/schemas is written from the contracts (<c>ce_dataschema</c> names that of alerts); <c>UPDATE_DOCS=1</c> in the environment writes it anew.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData(typeof(Alert), "alert.v1.json")]
    [InlineData(typeof(Correction), "correction.v1.json")]
    public void Schema_Always_SaysWhatTheContractSays(Type contract, string file)
    {
        GeneratedPage.Stale($"schemas/{file}", ContractSchema.Text(contract, file)).ShouldBeNull();
    }

    [Fact]
    public void AlertSchema_OfASample_NamesEveryFieldAndAsksForTheRequiredOnes() =>
        Holds(typeof(Alert), AlertCodec.Encode(Samples.EnsembleAlert))["severity"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(["none", "mild", "moderate", "extreme"]);

    [Fact]
    public void CorrectionSchema_OfASample_NamesEveryFieldAndAsksForTheRequiredOnes() =>
        Holds(typeof(Correction), CorrectionCodec.Encode(Correction.Of(Samples.Alert, Feedback.Missed)))["feedback"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(["falseAlarm", "confirmed", "missed"]);

    private static JsonObject Holds(Type contract, byte[] encoded)
    {
        var schema = ContractSchema.Of(contract, "x");
        var properties = schema["properties"]!.AsObject();
        var sample = JsonNode.Parse(encoded)!.AsObject();
        sample.Select(p => p.Key).ShouldBeSubsetOf(properties.Select(p => p.Key));
        schema["required"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBeSubsetOf(sample.Select(p => p.Key));
        return properties;
    }
}
