using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tidewatch.Storage.Registry;

/// <summary>The registry's tables in a SQLite file or a PostgreSQL database; the same statements serve both.</summary>
public sealed class RegistryDatabase
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS registry_runs (
          id TEXT PRIMARY KEY, experiment TEXT NOT NULL, name TEXT NOT NULL, started_ms BIGINT NOT NULL, ended_ms BIGINT NOT NULL, artifact TEXT);
        CREATE TABLE IF NOT EXISTS registry_parameters (run_id TEXT NOT NULL REFERENCES registry_runs (id), name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (run_id, name));
        CREATE TABLE IF NOT EXISTS registry_metrics (run_id TEXT NOT NULL REFERENCES registry_runs (id), name TEXT NOT NULL, value DOUBLE PRECISION NOT NULL, PRIMARY KEY (run_id, name));
        CREATE TABLE IF NOT EXISTS registry_models (
          name TEXT NOT NULL, version BIGINT NOT NULL, stage TEXT NOT NULL, detector TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
          run_id TEXT REFERENCES registry_runs (id), created_ms BIGINT NOT NULL, PRIMARY KEY (name, version));
        """;

    private readonly DbDataSource _source;
    private readonly string _place;

    private RegistryDatabase(DbDataSource source, string place, string writersTakeTurns) => (_source, _place, WritersTakeTurns) = (source, place, writersTakeTurns);

    /// <summary>Statement at the start of a writing transaction after which no other writer is at work.</summary>
    internal string WritersTakeTurns { get; }

    /// <summary>A file name, or <c>postgresql://user:password@host:port/database</c>. Makes what is missing. Throws <see cref="RegistryException"/>.</summary>
    public static async Task<RegistryDatabase> OpenAsync(string place, CancellationToken cancellationToken)
    {
        var database = IsPostgres(place)
            ? new RegistryDatabase(NpgsqlDataSource.Create(ConnectionString(place)), Without(place), "LOCK TABLE registry_models IN SHARE ROW EXCLUSIVE MODE")
            : new RegistryDatabase(SqliteFactory.Instance.CreateDataSource(new SqliteConnectionStringBuilder { DataSource = place, DefaultTimeout = 30, ForeignKeys = true, Pooling = false }.ToString()), place, "SELECT 1");
        await database.RunAsync(async connection => await connection.ExecuteAsync(new CommandDefinition(Schema, cancellationToken: cancellationToken)), cancellationToken);
        return database;
    }

    /// <summary>Runs <paramref name="work"/> on a connection; what the database refuses becomes a <see cref="RegistryException"/>.</summary>
    internal async Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            return await work(connection);
        }
        catch (Exception e) when (e is DbException or IOException or System.Net.Sockets.SocketException)
        {
            throw new RegistryException($"registry {_place}: {e.Message}", e);
        }
    }

    private static bool IsPostgres(string place) => place.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase);

    private static string ConnectionString(string place)
    {
        if (!Uri.TryCreate(place, UriKind.Absolute, out var uri) || uri.AbsolutePath.Trim('/').Length == 0)
        {
            throw new RegistryException("a PostgreSQL registry is written postgresql://user:password@host:port/database");
        }

        var user = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            ApplicationName = "tidewatch",
        }.ToString();
    }

    /// <summary>The place as errors may show it: without a password.</summary>
    private static string Without(string place) => new UriBuilder(place) { Password = "", UserName = "" }.Uri.ToString();
}
