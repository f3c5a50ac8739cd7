using System.CommandLine;
using System.Text;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Docs;

/// <summary>docs/command-line.md is written from the command tree; <c>UPDATE_DOCS=1</c> in the environment writes it anew.</summary>
public sealed class CommandPageTests
{
    [Fact]
    public void CommandPage_Always_SaysWhatTheCommandsSay() => GeneratedPage.Stale("command-line.md", Page()).ShouldBeNull();

    private static string Page()
    {
        var page = new StringBuilder($"""
            # The command line

            Generated from `CommandTree`; `CommandPageTests` fails when it is stale and writes it with `UPDATE_DOCS=1`.

            Results go to standard output and nothing else does; messages and, on a terminal, progress bars go to standard error.
            A message about a file begins with file, line and column as compilers write them: `pump.csv:3: column 'value': 'many' is not a number`.

            | exit code | meaning |
            |---|---|
            | {CommandTree.Done} | done; anomalies that were found are no failure |
            | {CommandTree.Failed} | the data, a model, a registry or a server would not have it; the message names it |
            | {CommandTree.WrongUsage} | the command line is wrong; the message says how |

            """);
        foreach (var command in CommandTree.Create(TextWriter.Null, TextWriter.Null).Subcommands.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            Write(page, command, "tidewatch");
        }

        return page.ToString();
    }

    private static void Write(StringBuilder page, Command command, string parent)
    {
        var name = $"{parent} {command.Name}";
        page.Append($"\n## {name}\n\n{Cell(command.Description)}\n");
        string[] rows =
        [
            .. command.Arguments.Select(a => $"| {a.Name.ToUpperInvariant()} | {Cell(a.Description)} |"),
            .. command.Options.OrderBy(o => o.Name, StringComparer.Ordinal).Select(o => $"| `{o.Name}`{(o.Required ? " (required)" : "")} | {Cell(o.Description)} |"),
        ];
        if (rows.Length > 0)
        {
            page.Append($"\n| argument or option | meaning |\n|---|---|\n{string.Join('\n', rows)}\n");
        }

        foreach (var child in command.Subcommands.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            Write(page, child, name);
        }
    }

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);
}
