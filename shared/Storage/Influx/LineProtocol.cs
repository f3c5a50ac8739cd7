using System.Globalization;
using System.Text;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;

namespace Tidewatch.Storage.Influx;

/// <summary>An alert as one line of InfluxDB's line protocol, measurement <c>anomaly</c>, millisecond precision.</summary>
/// <remarks>
/// Measurement, tags and time name a point: an alert written again overwrites itself. A series has one observation per instant, so detector,
/// domain, series, severity and state tell alerts of one instant apart. Only series that were ever anomalous count towards cardinality;
/// ids, scores and offsets are fields.
/// </remarks>
public static class LineProtocol
{
    public const string Measurement = "anomaly";

    /// <summary>The field that holds the whole alert as its contract's JSON.</summary>
    public const string AlertField = "alert";

    // InfluxDB's limit for a string field is 64 KiB; attributes come from producers and may be larger than that.
    private const int MaxStringBytes = 60_000;

    public static string Of(Alert alert)
    {
        var line = new StringBuilder(512).Append(Measurement);
        Tag(line, "detector", alert.Detector);
        Tag(line, "domain", alert.Domain);
        Tag(line, "series", alert.Series);
        Tag(line, "severity", Word(alert.Severity));
        Tag(line, "state", Word(alert.State));
        line.Append(' ');
        Text(line, AlertField, Json(alert));
        Text(line.Append(','), "alert_id", alert.Id);
        Text(line.Append(','), "direction", Word(alert.Direction));
        Text(line.Append(','), "reason", alert.Reason);
        line.Append(",is_anomaly=").Append(alert.State is AlertState.Opened or AlertState.Updated ? "1i" : "0i");
        Number(line, "expected_lower", alert.Expected?.Lower);
        Number(line, "expected_upper", alert.Expected?.Upper);
        Number(line, "score", alert.Score);
        Number(line, "threshold", alert.Threshold);
        Number(line, "value", alert.Value);
        Number(line, "z_score", alert.ZScore);
        return line.Append(' ').Append(alert.Time.ToUnixTimeMilliseconds()).ToString();
    }

    /// <summary>What a text becomes as a tag's value, before escaping: the protocol has no way to write control characters or a final backslash.</summary>
    public static string TagValue(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            _ = char.IsControl(c) || (c == '\\' && i == text.Length - 1)
                ? safe.Append('%').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture))
                : safe.Append(c);
        }

        return safe.ToString();
    }

    // An empty tag value is not allowed: the tag is left out, which InfluxDB treats alike.
    private static void Tag(StringBuilder line, string key, string value)
    {
        if (value.Length > 0)
        {
            line.Append(',').Append(key).Append('=');
            foreach (var c in TagValue(value))
            {
                _ = c is ',' or '=' or ' ' ? line.Append('\\').Append(c) : line.Append(c);
            }
        }
    }

    private static void Text(StringBuilder line, string key, string value)
    {
        line.Append(key).Append("=\"");
        foreach (var c in value)
        {
            _ = c is '"' or '\\' ? line.Append('\\').Append(c) : line.Append(c);
        }

        line.Append('"');
    }

    // The protocol has no NaN and no infinity: such a field is left out.
    private static void Number(StringBuilder line, string key, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            line.Append(',').Append(key).Append('=').Append(number.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private static string Json(Alert alert)
    {
        var json = AlertCodec.Encode(alert);
        return Encoding.UTF8.GetString(json.Length <= MaxStringBytes ? json : AlertCodec.Encode(alert with { Attributes = null, Features = null }));
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
