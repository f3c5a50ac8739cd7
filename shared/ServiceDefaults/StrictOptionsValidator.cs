using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Tidewatch.ServiceDefaults;

/// <summary>Runs before the first hosted service: throws one <see cref="ConfigurationException"/> that names every error of every section.</summary>
/// <remarks>A key under <c>TIDEWATCH_</c> in the environment that belongs to no section is an error too: a typing mistake must not be a default.</remarks>
public sealed class StrictOptionsValidator(IEnumerable<StrictSection> sections, IConfiguration configuration) : IStartupValidator
{
    /// <summary>What names of our environment variables begin with: <c>TIDEWATCH_Kafka__BootstrapServers</c>.</summary>
    public const string EnvironmentPrefix = "TIDEWATCH_";

    public void Validate()
    {
        var known = sections.Select(s => s.Name.Split(':')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var errors = sections.DistinctBy(s => s.Name, StringComparer.Ordinal).SelectMany(s => s.Errors()).Concat(Strays()).ToList();
        errors.AddRange(Tidewatch().Where(key => !known.Contains(key)).Select(key =>
            $"{EnvironmentPrefix}{key} is set, but this service has no section {key}; it has {string.Join(", ", known.Order(StringComparer.Ordinal))}"));
        if (errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }
    }

    /// <summary>Keys beside registered sections of two levels (<c>Generator:Replay</c>) that belong to none of them.</summary>
    private IEnumerable<string> Strays() =>
        from parent in sections.Select(s => s.Name.Split(':')).Where(n => n.Length == 2).GroupBy(n => n[0], n => n[1], StringComparer.Ordinal)
        let known = parent.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList()
        from child in configuration.GetSection(parent.Key).GetChildren()
        where !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
        select $"{child.Path} is not a setting; {parent.Key} knows {string.Join(", ", known)}";

    private IEnumerable<string> Tidewatch() => configuration[SharedEnvironmentKey] is not null
        ? []
        : new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build().GetChildren().Select(c => c.Key).Where(k => !k.Contains('-', StringComparison.Ordinal));

    /// <summary>Set to any value where services share one environment and each must pass over the others' sections.</summary>
    public const string SharedEnvironmentKey = "SharedEnvironment";
}
