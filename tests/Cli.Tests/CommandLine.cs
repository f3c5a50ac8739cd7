using Tidewatch.Cli;

namespace Tidewatch.Cli.Tests;

/// <summary>Runs one command line in this process.</summary>
internal static class CommandLine
{
    public static async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exit = await CommandTree.RunAsync(args, output, errors);
        return (exit, output.ToString(), errors.ToString());
    }
}
