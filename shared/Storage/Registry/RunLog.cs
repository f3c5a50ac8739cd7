using Dapper;

namespace Tidewatch.Storage.Registry;

/// <summary>Runs with their parameters and metrics.</summary>
public sealed class RunLog(RegistryDatabase database)
{
    /// <summary>Records a run that has ended; a run of the same id that is there stays as it is.</summary>
    public Task<bool> RecordAsync(TrackedRun run, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            const string Insert = "INSERT INTO registry_runs (id, experiment, name, started_ms, ended_ms, artifact) VALUES (@Id, @Experiment, @Name, @StartedMs, @EndedMs, @Artifact) ON CONFLICT (id) DO NOTHING";
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var isNew = await connection.ExecuteAsync(Insert, new { run.Id, run.Experiment, run.Name, run.StartedMs, run.EndedMs, run.Artifact }, transaction) > 0;
            if (isNew)
            {
                await connection.ExecuteAsync("INSERT INTO registry_parameters (run_id, name, value) VALUES (@Id, @Key, @Value)", run.Parameters.Select(p => new { run.Id, p.Key, p.Value }), transaction);
                await connection.ExecuteAsync("INSERT INTO registry_metrics (run_id, name, value) VALUES (@Id, @Key, @Value)", run.Metrics.Where(m => double.IsFinite(m.Value)).Select(m => new { run.Id, m.Key, m.Value }), transaction);
            }

            await transaction.CommitAsync(cancellationToken);
            return isNew;
        },
        cancellationToken);

    /// <summary>Runs from the newest; of one experiment, or all when it is null.</summary>
    public Task<IReadOnlyList<TrackedRun>> ListAsync(string? experiment, CancellationToken cancellationToken) => database.RunAsync<IReadOnlyList<TrackedRun>>(
        async connection =>
        {
            var parameters = (await connection.QueryAsync<(string Run, string Name, string Value)>("SELECT run_id, name, value FROM registry_parameters ORDER BY name")).ToLookup(p => p.Run, StringComparer.Ordinal);
            var metrics = (await connection.QueryAsync<(string Run, string Name, double Value)>("SELECT run_id, name, value FROM registry_metrics ORDER BY name")).ToLookup(m => m.Run, StringComparer.Ordinal);
            var runs = await connection.QueryAsync<(string Id, string Experiment, string Name, long Started, long Ended, string? Artifact)>("SELECT id, experiment, name, started_ms, ended_ms, artifact FROM registry_runs ORDER BY started_ms DESC, id");
            return [.. runs.Where(r => experiment is null || string.Equals(r.Experiment, experiment, StringComparison.Ordinal)).Select(r => new TrackedRun
            {
                Id = r.Id,
                Experiment = r.Experiment,
                Name = r.Name,
                StartedMs = r.Started,
                EndedMs = r.Ended,
                Artifact = r.Artifact,
                Parameters = parameters[r.Id].ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal),
                Metrics = metrics[r.Id].ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal),
            })];
        },
        cancellationToken);
}
