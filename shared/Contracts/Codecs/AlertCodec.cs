using System.Text;
using System.Text.Json;

namespace Tidewatch.Contracts.Codecs;

/// <summary>Alerts as CloudEvents 1.0 in Kafka's binary mode: attributes in <c>ce_*</c> headers, the alert as JSON in the value.</summary>
public static class AlertCodec
{
    private const string SchemaUri = "https://tidewatch.dev/schemas/alert.v1.json";

    /// <summary>The record's value.</summary>
    public static byte[] Encode(Alert alert) => JsonSerializer.SerializeToUtf8Bytes(alert, ContractJson.Default.Alert);

    /// <summary>The record's headers, in a fixed order.</summary>
    public static IEnumerable<KeyValuePair<string, byte[]>> Headers(Alert alert)
    {
        yield return Header("content-type", "application/json");
        yield return Header("ce_specversion", "1.0");
        yield return Header("ce_id", alert.Id);
        yield return Header("ce_type", $"io.tidewatch.anomaly.{JsonNamingPolicy.CamelCase.ConvertName(alert.State.ToString())}.v1");
        yield return Header("ce_source", $"/detectors/{Uri.EscapeDataString(alert.Detector)}");
        yield return Header("ce_subject", alert.Series);
        yield return Header("ce_time", alert.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
        yield return Header("ce_dataschema", SchemaUri);
    }

    /// <summary>Reads a value back; false, with the reason, when it is not an alert.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> value, out Alert? alert, out string? error)
    {
        try
        {
            alert = JsonSerializer.Deserialize(value, ContractJson.Default.Alert);
            error = alert is null ? "the value is JSON null" : null;
        }
        catch (JsonException e)
        {
            (alert, error) = (null, e.Message);
        }

        return error is null;
    }

    private static KeyValuePair<string, byte[]> Header(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));
}
