using System.CommandLine;
using Tidewatch.Detection.Profiles;

namespace Tidewatch.Cli.Commands;

/// <summary>Options of commands that judge as the detector service does: by a profile and settings of section Detector.</summary>
internal sealed class ProfileArguments
{
    private readonly EngineArguments _engine = new();

    public ProfileArguments() => Profile.AcceptOnlyFromAmong([.. ProfileCatalog.All.Select(p => p.Name)]);

    public Option<string?> Profile { get; } = new("--profile") { Description = "judge as the detector service does with this profile: its features, ensemble, threshold and learn gate" };

    public Option<string?> Series { get; } = new("--series") { Description = "id of the series, which finds its entry among the profiles and seeds every random choice; default the file's name" };

    public Option<string[]> Set => _engine.Set;

    public void AddTo(Command command)
    {
        command.Options.Add(Profile);
        command.Options.Add(Set);
        command.Options.Add(Series);
    }

    /// <summary>Whether the command is to judge as the service does.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(Profile) is not null || parsed.GetResult(Set) is { Implicit: false };

    /// <summary>Throws <see cref="UsageException"/> for an option that says otherwise than the profile does.</summary>
    public static void Refuse(ParseResult parsed, params Option[] others)
    {
        if (others.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } both)
        {
            throw new UsageException($"{both.Name} does not go with --profile and --set, which judge as the service does: set it with --set, or leave them out");
        }
    }

    /// <summary>The settings by their path.</summary>
    public IReadOnlyDictionary<string, string?> Settings(ParseResult parsed) => _engine.Settings(parsed, parsed.GetValue(Profile));

    /// <summary>The id given, or the name of <paramref name="file"/> without its folder and ending.</summary>
    public string SeriesOf(ParseResult parsed, string file) => parsed.GetValue(Series) ?? Path.GetFileNameWithoutExtension(file);
}
