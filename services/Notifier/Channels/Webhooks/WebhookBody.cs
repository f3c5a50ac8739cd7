using System.Globalization;
using System.Text;
using System.Text.Json;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;

namespace Tidewatch.Notifier.Channels.Webhooks;

/// <summary>Writes a group of alerts as a webhook's JSON.</summary>
internal static class WebhookBody
{
    public static byte[] Write(AlertGroup group, WebhookFormat format)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (format == WebhookFormat.Slack)
            {
                json.WriteString("text", Text(group));
            }
            else
            {
                WriteAlerts(json, group);
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteAlerts(Utf8JsonWriter json, AlertGroup group)
    {
        json.WriteStartArray("alerts");
        foreach (var alert in group.Alerts)
        {
            json.WriteRawValue(AlertCodec.Encode(alert));
        }

        json.WriteEndArray();
        json.WriteNumber("more", group.More);
    }

    private static string Text(AlertGroup group)
    {
        var text = new StringBuilder();
        foreach (var alert in group.Alerts)
        {
            var word = alert.State is AlertState.Opened or AlertState.Updated ? alert.Severity.ToString() : alert.State.ToString();
            text.Append(CultureInfo.InvariantCulture, $"*{word}* {Escape(alert.Series)} = {alert.Value:G6} at {alert.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {Escape(alert.Reason)}\n");
        }

        return text.Append(group.More > 0 ? $"and {group.More} more" : "").ToString().TrimEnd('\n');
    }

    // Slack's own three: without them a series name could mention a whole channel (<!channel>) or forge a link.
    private static string Escape(string text) => text.Printable()
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
