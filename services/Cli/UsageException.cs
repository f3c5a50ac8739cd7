namespace Tidewatch.Cli;

/// <summary>A command line that parses but cannot be meant; exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
