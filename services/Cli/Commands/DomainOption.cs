using System.CommandLine;
using Tidewatch.Evaluation.Synthetic;

namespace Tidewatch.Cli.Commands;

/// <summary>Which synthetic domains a command takes.</summary>
internal static class DomainOption
{
    /// <summary>Read it with <see cref="Chosen"/>.</summary>
    public static Option<string[]> Create()
    {
        var option = new Option<string[]>("--domain") { Description = "synthetic domains; default all", AllowMultipleArgumentsPerToken = true };
        option.AcceptOnlyFromAmong([.. SyntheticCatalog.All.Select(d => d.Name)]);
        return option;
    }

    /// <summary>Those named, or all.</summary>
    public static IReadOnlyList<SyntheticDomain> Chosen(this ParseResult parsed, Option<string[]> option) =>
        parsed.GetValue(option) is { Length: > 0 } names ? [.. names.Select(SyntheticCatalog.Get)] : SyntheticCatalog.All;
}
