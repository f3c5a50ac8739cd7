namespace Tidewatch.ServiceDefaults;

/// <summary>The configuration cannot be used; the message lists every error, a line each.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> errors)
    : Exception("The configuration has " + errors.Count + (errors.Count == 1 ? " error" : " errors") + ":" + string.Concat(errors.Select(e => Environment.NewLine + "  " + e)))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
