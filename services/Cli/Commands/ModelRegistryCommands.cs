using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Storage.Registry;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch model register</c>, <c>model stage</c> and <c>model registered</c>.</summary>
internal static class ModelRegistryCommands
{
    private static readonly string[] Columns = ["name", "version", "stage", "detector", "file", "sha256", "run", "registered"];

    public static Command Register(TextWriter output)
    {
        var (file, name) = (new Argument<string>("file") { Description = "a model file" }, new Option<string>("--name") { Description = "name of the model; the same name again is its next version", Required = true });
        var (run, registry, format) = (new Option<string?>("--run") { Description = "id of the run that trained it" }, RegistryOption.Required(), CommonOptions.Output());
        var command = new Command("register", "Enters a model file as the next version of a named model.") { file, name, run, registry, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            var model = new RegisteredModel
            {
                Name = parsed.GetRequiredValue(name),
                Detector = ModelStore.Load(path).Detector,
                File = Path.GetFullPath(path),
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken))),
                RunId = parsed.GetValue(run),
                CreatedMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            };
            var registered = await (await OpenAsync(parsed.GetRequiredValue(registry), cancellationToken)).RegisterAsync(model, cancellationToken);
            output.Write(Describe([registered]), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    public static Command Stage(TextWriter output)
    {
        var (name, version) = (new Argument<string>("name") { Description = "name of the model" }, new Argument<long>("version") { Description = "its version" });
        var stage = new Argument<ModelStage>("stage") { Description = "none, staging, production or archived; one version of a name is in production, the one before goes to the archive" };
        var (registry, format) = (RegistryOption.Required(), CommonOptions.Output());
        var command = new Command("stage", "Moves a version of a model to a stage.") { name, version, stage, registry, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var models = await OpenAsync(parsed.GetRequiredValue(registry), cancellationToken);
            output.Write(Describe([await models.StageAsync(parsed.GetRequiredValue(name), parsed.GetValue(version), parsed.GetValue(stage), cancellationToken)]), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    public static Command Registered(TextWriter output)
    {
        var (registry, format) = (RegistryOption.Required(), CommonOptions.Output());
        var command = new Command("registered", "Lists every version of every registered model.") { registry, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            output.Write(Describe(await (await OpenAsync(parsed.GetRequiredValue(registry), cancellationToken)).ListAsync(cancellationToken)), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static async Task<ModelRegistry> OpenAsync(string place, CancellationToken cancellationToken) => new(await RegistryDatabase.OpenAsync(place, cancellationToken));

    private static Result Describe(IReadOnlyList<RegisteredModel> models) => new([], new ResultTable("models", Columns, [.. models.Select(m => (object?[])
    [
        m.Name, m.Version, m.Stage.ToString().ToLowerInvariant(), m.Detector, m.File, m.Sha256, m.RunId, DateTimeOffset.FromUnixTimeMilliseconds(m.CreatedMs).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
    ])]));
}
