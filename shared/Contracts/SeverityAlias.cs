namespace Tidewatch.Contracts;

/// <summary>The words that operators use for severities: warning for mild, critical for moderate, emergency for extreme.</summary>
public static class SeverityAlias
{
    private static readonly string?[] Names = [null, "warning", "critical", "emergency"];

    /// <summary>The alias; null for none.</summary>
    public static string? Of(Severity severity) => Names[(int)severity];

    /// <summary>Reads a severity by its own name or its alias, whatever the case.</summary>
    public static bool TryParse(string text, out Severity severity)
    {
        var place = Array.FindIndex(Names, n => string.Equals(n, text, StringComparison.OrdinalIgnoreCase));
        severity = (Severity)Math.Max(0, place);
        return place > 0 || (!int.TryParse(text, out _) && Enum.TryParse(text, ignoreCase: true, out severity));
    }
}
