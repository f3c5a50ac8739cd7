using System.CommandLine;
using System.Text;
using Shouldly;
using Tidewatch.Evaluation.Data;
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

            Data files, whatever their format:

            - Fields of a CSV file are parted by comma, semicolon, tab or bar, whichever its header holds most; names and fields may be quoted within a line.
            - A column of words is left out of the values, with a warning that names it; so is one in which nothing stands. Its first {ColumnSample.Most} fields in which something stands decide:
              it holds numbers when at least half of them are. A word in a column of numbers, and in one that `--value` or a model names, is an error with its line; the benchmarks that judge a folder take it as missing, with a warning.
            - An empty field, NaN, NA, N/A, null, none and ? are missing values; so are infinite ones (inf, Infinity, 1e999), with a warning that counts them. `evaluate` takes a column's mean for them, or passes over
              the row where a series is judged; `detect`, `train`, `score`, `compare`, `report` and `replay` pass over the row and say how many.
            - A time is ISO 8601, day.month.year, month/day/year, or a number: Unix seconds below 1e11, milliseconds below 1e14, microseconds below 1e17, else nanoseconds. It is UTC where it names no zone.
            - A column with a usual name for the time that does not hold times is a column like any other, with a warning. Rows are judged in the order of the file; a warning counts those that are earlier than the row before.
            - A label is {FieldText.LabelWords}, upper or lower case alike; anything else is an error with its line.

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
