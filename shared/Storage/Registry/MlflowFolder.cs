using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tidewatch.Storage.Registry;

/// <summary>Runs in the layout of MLflow's file store (<c>mlflow/store/tracking/file_store.py</c>): <c>mlflow ui --backend-store-uri FOLDER</c> opens it.</summary>
/// <remarks>A folder an experiment with <c>meta.yaml</c>, in it a folder a run with <c>meta.yaml</c>, <c>params</c>, <c>metrics</c>, <c>tags</c>, <c>artifacts</c>. Writing the same runs again changes nothing.</remarks>
public sealed class MlflowFolder(string root)
{
    private const int Finished = 3;
    private const int Local = 4;
    private readonly string _root = Path.GetFullPath(root);

    /// <summary>Writes every run under its experiment.</summary>
    public void Write(IReadOnlyList<TrackedRun> runs)
    {
        WriteExperiment("0", "Default", 0, 0);
        foreach (var experiment in runs.GroupBy(r => r.Experiment, StringComparer.Ordinal))
        {
            var id = IdOf(experiment.Key);
            WriteExperiment(id, experiment.Key, experiment.Min(r => r.StartedMs), experiment.Max(r => r.EndedMs));
            foreach (var run in experiment)
            {
                WriteRun(id, run);
            }
        }
    }

    /// <summary>The number of an experiment: 18 digits of its name's hash, so that it is the same in every export.</summary>
    public static string IdOf(string experiment) =>
        (100_000_000_000_000_000 + (BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(experiment))) % 900_000_000_000_000_000)).ToString(CultureInfo.InvariantCulture);

    private void WriteExperiment(string id, string name, long createdMs, long updatedMs) => WriteText(
        [id, "meta.yaml"],
        $"""
        artifact_location: {Quoted(UriOf(id))}
        creation_time: {createdMs}
        experiment_id: '{id}'
        last_update_time: {updatedMs}
        lifecycle_stage: active
        name: {Quoted(name)}

        """);

    private void WriteRun(string experiment, TrackedRun run)
    {
        WriteText(
            [experiment, run.Id, "meta.yaml"],
            $"""
            artifact_uri: {Quoted(UriOf(experiment, run.Id, "artifacts"))}
            deleted_time: null
            end_time: {run.EndedMs}
            entry_point_name: ''
            experiment_id: '{experiment}'
            lifecycle_stage: active
            run_id: '{run.Id}'
            run_name: {Quoted(run.Name)}
            run_uuid: '{run.Id}'
            source_name: ''
            source_type: {Local}
            source_version: ''
            start_time: {run.StartedMs}
            status: {Finished}
            tags: []
            user_id: tidewatch

            """);
        foreach (var folder in new[] { "params", "metrics", "tags", "artifacts" })
        {
            Directory.CreateDirectory(Path.Combine(_root, experiment, run.Id, folder));
        }

        foreach (var (key, value) in run.Parameters)
        {
            WriteText([experiment, run.Id, "params", NameOf(key)], value);
        }

        foreach (var (key, value) in run.Metrics)
        {
            WriteText([experiment, run.Id, "metrics", NameOf(key)], string.Create(CultureInfo.InvariantCulture, $"{run.EndedMs} {value:R} 0\n"));
        }

        WriteText([experiment, run.Id, "tags", "mlflow.runName"], run.Name);
        WriteText([experiment, run.Id, "tags", "mlflow.user"], "tidewatch");
        if (run.Artifact is { } artifact && File.Exists(artifact))
        {
            File.Copy(artifact, Path.Combine(_root, experiment, run.Id, "artifacts", Path.GetFileName(artifact)), overwrite: true);
        }
    }

    /// <summary>MLflow takes letters, digits and _-. in names, and a name must not leave its folder.</summary>
    private static string NameOf(string key) => string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_')) is var name && name.Trim('.').Length > 0 ? name : "_";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private string UriOf(params string[] parts) => new Uri(Path.Combine([_root, .. parts])).AbsoluteUri;

    private void WriteText(string[] parts, string text)
    {
        var file = Path.Combine([_root, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
