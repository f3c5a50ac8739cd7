namespace Tidewatch.Cli.Output;

/// <summary>What of a file could not be used, said beside the result.</summary>
internal static class WarningLines
{
    /// <summary>Writes each warning to the stream of messages, so that the result stays as it is.</summary>
    public static void Warn(this TextWriter errors, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
        {
            errors.WriteLine($"tidewatch: warning: {warning}");
        }
    }
}
