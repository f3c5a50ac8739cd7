using System.CommandLine;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Detection.Models;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch model inspect</c> and <c>model list</c>: what model files hold; nothing of them is run.</summary>
internal static class ModelCommand
{
    public static Command Create(TextWriter output) => new("model", "Model files and the registry of models.")
    {
        Inspect(output), List(output), ModelRegistryCommands.Register(output), ModelRegistryCommands.Registered(output), ModelRegistryCommands.Stage(output),
    };

    /// <summary>What a model file says of itself.</summary>
    public static Result Describe(string file, SavedModel model) => new(
        [
            ("file", file), ("format_version", model.Version), ("kind", model.Kind.ToString().ToLowerInvariant()), .. Judges(model),
            ("columns", string.Join(", ", model.Columns)), ("seed", model.Seed.ToString(null, null)), ("rows", model.Rows), ("threshold", model.Threshold), ("state_bytes", model.State.Length),
        ]);

    private static IEnumerable<(string Name, object? Value)> Judges(SavedModel model) => model.Options is PipelineOptions profile
        ? [("profile", model.Detector), ("detectors", string.Join(", ", profile.Detectors)), ("voting", Voting(model)), ("series", profile.Series), ("settings", string.Join(", ", profile.Settings.Select(s => $"{s.Key}={s.Value}")))]
        : [("detector", model.Detector), ("options", OptionsJson.Write(model.Options))];

    /// <summary>The detectors that the series has chosen, or why that cannot be told.</summary>
    private static string Voting(SavedModel model)
    {
        try
        {
            return string.Join(", ", PipelineModel.Open(model).Voting);
        }
        catch (ModelFormatException e)
        {
            return $"cannot be told: {e.Message}";
        }
    }

    private static Command Inspect(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "a model file" };
        var format = CommonOptions.Output();
        var command = new Command("inspect", "Prints detector and options or profile, detectors, those of them that vote and settings, columns, rows learned and size of a model file, after its checksum was found right.") { file, format };
        command.SetAction(parsed =>
        {
            output.Write(Describe(parsed.GetRequiredValue(file), ModelStore.Load(parsed.GetRequiredValue(file))), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Command List(TextWriter output)
    {
        var folder = new Argument<string>("folder") { Description = "folder with model files", DefaultValueFactory = _ => "." };
        var format = CommonOptions.Output();
        var command = new Command("list", $"Lists every *{ModelStore.Ending} under a folder; a damaged one is listed with what is wrong.") { folder, format };
        command.SetAction(parsed =>
        {
            var root = parsed.GetRequiredValue(folder);
            var files = Directory.Exists(root) ? Directory.EnumerateFiles(root, "*" + ModelStore.Ending, SearchOption.AllDirectories).Order(StringComparer.Ordinal) : throw new DataFormatException(root, 0, null, "no such folder");
            output.Write(new Result([], new ResultTable("models", ["file", "kind", "detector", "columns", "rows", "bytes", "problem"], [.. files.Select(f => Row(root, f))])), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static object?[] Row(string root, string file)
    {
        var (name, bytes) = (Path.GetRelativePath(root, file), new FileInfo(file).Length);
        try
        {
            var model = ModelStore.Load(file);
            return [name, model.Kind.ToString().ToLowerInvariant(), model.Detector, string.Join(' ', model.Columns), model.Rows, bytes, null];
        }
        catch (DataFormatException e)
        {
            return [name, null, null, null, null, bytes, e.Message];
        }
    }
}
