using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;

namespace Tidewatch.Storage.Sqlite;

/// <summary>Anomalies in one SQLite file, <c>anomalies.db</c> in the output folder: the embedded form's store. Several processes may open it.</summary>
/// <remarks>One row per alert id, so a repeated write changes nothing. Write-ahead log: a reader never waits for the writer.</remarks>
public sealed class SqliteAnomalyStore(IOptions<OutputOptions> options) : IAnomalyStore, IAnomalyReader, IHealthCheck
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS anomalies (
          id TEXT PRIMARY KEY, time_ms INTEGER NOT NULL, series TEXT NOT NULL, domain TEXT NOT NULL, detector TEXT NOT NULL,
          state TEXT NOT NULL, severity TEXT NOT NULL, value REAL NOT NULL, score REAL NOT NULL, alert TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS anomalies_time ON anomalies (time_ms);
        CREATE INDEX IF NOT EXISTS anomalies_series_time ON anomalies (series, time_ms);
        """;

    private const string Upsert = """
        INSERT INTO anomalies (id, time_ms, series, domain, detector, state, severity, value, score, alert)
        VALUES ($id, $time, $series, $domain, $detector, $state, $severity, $value, $score, $alert)
        ON CONFLICT (id) DO UPDATE SET alert = excluded.alert, time_ms = excluded.time_ms, state = excluded.state,
          severity = excluded.severity, value = excluded.value, score = excluded.score
        """;

    private const string Select = """
        SELECT alert FROM anomalies
        WHERE time_ms >= $from AND time_ms < $to AND ($series IS NULL OR series = $series)
        ORDER BY time_ms DESC, id LIMIT $limit
        """;

    private readonly Lazy<string> _connectionString = new(() => Create(options.Value.PathOf("anomalies.db")));

    public async Task WriteAsync(IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken);
        foreach (var alert in alerts)
        {
            await using var command = new SqliteCommand(Upsert, connection, transaction);
            command.Parameters.AddWithValue("$id", alert.Id);
            command.Parameters.AddWithValue("$time", alert.Time.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$series", alert.Series);
            command.Parameters.AddWithValue("$domain", alert.Domain);
            command.Parameters.AddWithValue("$detector", alert.Detector);
            command.Parameters.AddWithValue("$state", alert.State.ToString().ToLowerInvariant());
            command.Parameters.AddWithValue("$severity", alert.Severity.ToString().ToLowerInvariant());
            command.Parameters.AddWithValue("$value", alert.Value);
            command.Parameters.AddWithValue("$score", alert.Score);
            command.Parameters.AddWithValue("$alert", Encoding.UTF8.GetString(AlertCodec.Encode(alert)));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Alert>> ReadAsync(AnomalyQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new SqliteCommand(Select, connection);
        command.Parameters.AddWithValue("$from", query.From.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$to", query.To.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$series", (object?)query.Series ?? DBNull.Value);
        command.Parameters.AddWithValue("$limit", query.Limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var alerts = new List<Alert>();
        while (await reader.ReadAsync(cancellationToken))
        {
            alerts.Add(AlertCodec.TryDecode(Encoding.UTF8.GetBytes(reader.GetString(0)), out var alert, out var error)
                ? alert!
                : throw new InvalidDataException($"anomalies.db holds a row that is not an alert: {error}"));
        }

        return alerts;
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy($"anomalies.db in {options.Value.Folder}: {e.Message}");
        }
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString.Value);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static string Create(string path)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
        using var connection = new SqliteConnection(text);
        connection.Open();
        using var command = new SqliteCommand(Schema, connection);
        command.ExecuteNonQuery();
        return text;
    }
}
