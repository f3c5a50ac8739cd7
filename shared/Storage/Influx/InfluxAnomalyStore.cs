using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using CsvHelper;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;

namespace Tidewatch.Storage.Influx;

/// <summary>Anomalies in InfluxDB 2: written as lines, read back by Flux. Its health is that of the last write, or of a ping.</summary>
public sealed partial class InfluxAnomalyStore(InfluxClient client, IOptions<InfluxOptions> options, ILogger<InfluxAnomalyStore> logger) : IAnomalyStore, IAnomalyReader, IHealthCheck
{
    private static readonly Meter Meter = new("Tidewatch");
    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>("influx_lines_rejected", description: "Lines that InfluxDB will never take.");
    private volatile string? _lastFailure;

    public async Task WriteAsync(IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var lines in await client.WriteAsync(alerts.Select(LineProtocol.Of), cancellationToken))
            {
                Rejected.Add(lines.Count);
                LogRejected(lines.Count, lines.Reason);
            }

            _lastFailure = null;
        }
        catch (InfluxException e)
        {
            _lastFailure = e.Message;
            throw;
        }
    }

    public async Task<IReadOnlyList<Alert>> ReadAsync(AnomalyQuery query, CancellationToken cancellationToken)
    {
        var series = query.Series is null ? "" : $" and r.series == {Quote(LineProtocol.TagValue(query.Series))}";
        var flux = $"""
            from(bucket: {Quote(options.Value.Bucket)})
              |> range(start: {Time(query.From)}, stop: {Time(query.To)})
              |> filter(fn: (r) => r._measurement == "{LineProtocol.Measurement}" and r._field == "{LineProtocol.AlertField}"{series})
              |> group()
              |> sort(columns: ["_time"], desc: true)
              |> limit(n: {query.Limit})
              |> keep(columns: ["_value"])
            """;
        var csv = await client.QueryAsync(flux, cancellationToken);
        return string.IsNullOrWhiteSpace(csv) ? [] : Parse(csv);
    }

    private static List<Alert> Parse(string csv)
    {
        using var rows = CsvReader.FromText(csv, new CsvReaderOptions { Separator = ',' });
        var alerts = new List<Alert>();
        while (rows.Read())
        {
            alerts.Add(AlertCodec.TryDecode(Encoding.UTF8.GetBytes(rows.GetString("_value")), out var alert, out var error)
                ? alert!
                : throw new InvalidDataException($"the bucket holds an anomaly that is not an alert: {error}"));
        }

        return alerts;
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_lastFailure is { } failure)
        {
            return HealthCheckResult.Unhealthy(failure);
        }

        try
        {
            await client.PingAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return HealthCheckResult.Unhealthy($"InfluxDB at {options.Value.Url} does not answer: {e.Message}");
        }
    }

    // Flux strings: backslash and quote are escaped, ${ would begin an interpolation.
    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("${", "\\${", StringComparison.Ordinal) + "\"";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(3101, LogLevel.Warning, "InfluxDB will never take {Count} lines: {Reason}")]
    private partial void LogRejected(int count, string reason);
}
