using System.CommandLine;
using System.Globalization;
using Tidewatch.Cli.Output;
using Tidewatch.Storage.Registry;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch runs list</c> and <c>runs export</c>: recorded trainings and evaluations.</summary>
internal static class RunsCommand
{
    public static Command Create(TextWriter output) => new("runs", "Recorded runs with their parameters and metrics.") { List(output), Export(output) };

    private static Command List(TextWriter output)
    {
        var (registry, experiment, format) = (RegistryOption.Required(), new Option<string?>("--experiment") { Description = "of one experiment; default all" }, CommonOptions.Output());
        var command = new Command("list", "Lists runs from the newest, a column a metric.") { registry, experiment, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var runs = await RunsAsync(parsed.GetRequiredValue(registry), parsed.GetValue(experiment), cancellationToken);
            string[] metrics = [.. runs.SelectMany(r => r.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            var rows = runs.Select(r => (object?[])
            [
                r.Id, r.Experiment, r.Name, DateTimeOffset.FromUnixTimeMilliseconds(r.StartedMs).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), (r.EndedMs - r.StartedMs) / 1000.0,
                .. metrics.Select(m => r.Metrics.TryGetValue(m, out var value) ? (object?)value : null),
            ]);
            output.Write(new Result([("runs", runs.Count)], new ResultTable("runs_found", ["id", "experiment", "name", "started", "took_seconds", .. metrics], [.. rows])), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Command Export(TextWriter output)
    {
        var (registry, experiment) = (RegistryOption.Required(), new Option<string?>("--experiment") { Description = "of one experiment; default all" });
        var folder = new Option<string>("--mlflow") { Description = "folder to write, such as mlruns; 'mlflow ui --backend-store-uri FOLDER' opens it", Required = true };
        var format = CommonOptions.Output();
        var command = new Command("export", "Writes runs in the layout of MLflow's file store.") { registry, experiment, folder, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var runs = await RunsAsync(parsed.GetRequiredValue(registry), parsed.GetValue(experiment), cancellationToken);
            new MlflowFolder(parsed.GetRequiredValue(folder)).Write(runs);
            output.Write(new Result([("runs", runs.Count), ("folder", parsed.GetRequiredValue(folder))]), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<TrackedRun>> RunsAsync(string place, string? experiment, CancellationToken cancellationToken) =>
        await new RunLog(await RegistryDatabase.OpenAsync(place, cancellationToken)).ListAsync(experiment, cancellationToken);
}
