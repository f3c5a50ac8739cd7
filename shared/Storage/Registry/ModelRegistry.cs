using System.Data.Common;
using Dapper;

namespace Tidewatch.Storage.Registry;

/// <summary>Named models, their versions and stages.</summary>
public sealed class ModelRegistry(RegistryDatabase database)
{
    private const string Columns = "name AS Name, version AS Version, stage AS Stage, detector AS Detector, file AS File, sha256 AS Sha256, run_id AS RunId, created_ms AS CreatedMs";

    /// <summary>Adds the next version of the model's name; its version and stage are given here.</summary>
    public Task<RegisteredModel> RegisterAsync(RegisteredModel model, CancellationToken cancellationToken) => WriteAsync(
        async (connection, transaction) =>
        {
            const string Insert = """
                INSERT INTO registry_models (name, version, stage, detector, file, sha256, run_id, created_ms)
                SELECT @Name, COALESCE(MAX(version), 0) + 1, 'None', @Detector, @File, @Sha256, @RunId, @CreatedMs FROM registry_models WHERE name = @Name
                RETURNING version
                """;
            return model with { Version = await connection.ExecuteScalarAsync<long>(Insert, new { model.Name, model.Detector, model.File, model.Sha256, model.RunId, model.CreatedMs }, transaction), Stage = ModelStage.None };
        },
        cancellationToken);

    /// <summary>Moves a version to a stage; a version that goes to production sends the one that was there to the archive. Throws <see cref="RegistryException"/> for a version that is not there.</summary>
    public Task<RegisteredModel> StageAsync(string name, long version, ModelStage stage, CancellationToken cancellationToken) => WriteAsync(
        async (connection, transaction) =>
        {
            if (stage == ModelStage.Production)
            {
                await connection.ExecuteAsync("UPDATE registry_models SET stage = 'Archived' WHERE name = @name AND stage = 'Production' AND version <> @version", new { name, version }, transaction);
            }

            return await connection.QuerySingleOrDefaultAsync<RegisteredModel>($"UPDATE registry_models SET stage = @stage WHERE name = @name AND version = @version RETURNING {Columns}", new { name, version, stage = stage.ToString() }, transaction)
                ?? throw new RegistryException($"there is no version {version} of a model '{name}'; 'tidewatch model registered' shows what there is");
        },
        cancellationToken);

    /// <summary>Every version, by name and version.</summary>
    public Task<IReadOnlyList<RegisteredModel>> ListAsync(CancellationToken cancellationToken) => database.RunAsync<IReadOnlyList<RegisteredModel>>(
        async connection => [.. await connection.QueryAsync<RegisteredModel>($"SELECT {Columns} FROM registry_models ORDER BY name, version")], cancellationToken);

    private Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(database.WritersTakeTurns, transaction: transaction);
            var result = await work(connection, transaction);
            await transaction.CommitAsync(cancellationToken);
            return result;
        },
        cancellationToken);
}
