using System.Text;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;

namespace Tidewatch.Faults.Oracle;

/// <summary>Everything that a reader gets of an alert, value and headers, as one text.</summary>
internal static class AlertContent
{
    /// <summary>As it stands on the topic.</summary>
    public static string Of(Message<byte[], byte[]> message) => Of(message.Value, message.Headers.Select(h => KeyValuePair.Create(h.Key, h.GetValueBytes())));

    /// <summary>As the detector publishes it.</summary>
    public static string Of(Alert alert) => Of(AlertCodec.Encode(alert), AlertCodec.Headers(alert));

    private static string Of(byte[] value, IEnumerable<KeyValuePair<string, byte[]>> headers) =>
        $"{Encoding.UTF8.GetString(value)} {string.Join(' ', headers.Select(h => $"{h.Key}={Encoding.UTF8.GetString(h.Value)}"))}";
}
