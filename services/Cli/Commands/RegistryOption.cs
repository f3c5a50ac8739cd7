using System.CommandLine;
using Tidewatch.Storage.Registry;

namespace Tidewatch.Cli.Commands;

/// <summary>Where runs and registered models are kept.</summary>
internal static class RegistryOption
{
    private const string Variable = "TIDEWATCH_REGISTRY";
    private const string Standard = "registry.db";

    /// <summary>For commands that are about the registry: there is always one.</summary>
    public static Option<string> Required() => new("--registry")
    {
        Description = $"SQLite file, or postgresql://user:password@host:port/database; default {Variable} of the environment, else {Standard}",
        DefaultValueFactory = _ => FromEnvironment() ?? Standard,
    };

    /// <summary>For commands that may record what they did.</summary>
    public static Option<string?> Optional() => new("--registry")
    {
        Description = $"record the run in this registry, a SQLite file or postgresql://...; default {Variable} of the environment, else nothing is recorded",
        DefaultValueFactory = _ => FromEnvironment(),
    };

    public static Option<string> Experiment() => new("--experiment") { Description = "what a recorded run is compared with; default 'default'", DefaultValueFactory = _ => "default" };

    /// <summary>Records <paramref name="run"/>; does nothing without a registry.</summary>
    public static async Task RecordAsync(string? place, TrackedRun run, CancellationToken cancellationToken)
    {
        if (place is not null)
        {
            await new RunLog(await RegistryDatabase.OpenAsync(place, cancellationToken)).RecordAsync(run, cancellationToken);
        }
    }

    private static string? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } place ? place : null;
}
