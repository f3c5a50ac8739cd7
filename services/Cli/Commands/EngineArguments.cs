using System.Collections;
using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Tidewatch.Engine;
using Tidewatch.Engine.Settings;

namespace Tidewatch.Cli.Commands;

/// <summary>The detector's settings as a command has them: from the same environment variables as the service, and from <c>--set</c>.</summary>
internal sealed class EngineArguments
{
    private const string Environs = "TIDEWATCH_Detector__";

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "a setting of section Detector, such as --set Detector=z-score --set Profiles:0:Match=hosts/*; default: TIDEWATCH_Detector__* in the environment",
    };

    /// <summary>The rules. Throws <see cref="UsageException"/>, with every error, for settings that no detector would start with.</summary>
    public EngineRules Rules(ParseResult parsed) => RulesOf(Settings(parsed, null));

    /// <summary>The settings by their path, as they stand in the environment and on the command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="profile">Value of setting <c>Profile</c>, before all others; null for none.</param>
    public SortedDictionary<string, string?> Settings(ParseResult parsed, string? profile)
    {
        var settings = new SortedDictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && name.StartsWith(Environs, StringComparison.OrdinalIgnoreCase))
            {
                settings[name[Environs.Length..].Replace("__", ":", StringComparison.Ordinal)] = (string?)variable.Value;
            }
        }

        foreach (var setting in parsed.GetValue(Set) ?? [])
        {
            var (name, value) = Split(setting);
            settings[name] = value;
        }

        if (profile is not null)
        {
            settings[nameof(EngineSettings.Profile)] = profile;
        }

        return settings;
    }

    /// <summary>The rules of settings by their path. Throws <see cref="UsageException"/>, with every error, for settings that no detector would start with.</summary>
    public static EngineRules RulesOf(IReadOnlyDictionary<string, string?> settings) => new(Valid(Bind(settings)));

    private static EngineSettings Bind(IReadOnlyDictionary<string, string?> settings)
    {
        try
        {
            return new ConfigurationBuilder().AddInMemoryCollection(settings).Build().Get<EngineSettings>() ?? new EngineSettings();
        }
        catch (InvalidOperationException e)
        {
            throw new UsageException(e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message);
        }
    }

    private static (string Name, string Value) Split(string setting)
    {
        var known = typeof(EngineSettings).GetProperties().Select(p => p.Name);
        var at = setting.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && known.Contains(setting[..at].Split(':')[0], StringComparer.OrdinalIgnoreCase)
            ? (setting[..at], setting[(at + 1)..])
            : throw new UsageException($"--set {setting}: give NAME=VALUE, with NAME one of {string.Join(", ", known.Order(StringComparer.Ordinal))}");
    }

    private static EngineSettings Valid(EngineSettings settings)
    {
        var results = new List<ValidationResult>();
        return Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true)
            ? settings
            : throw new UsageException(string.Join("; ", results.Select(r => r.ErrorMessage)));
    }
}
