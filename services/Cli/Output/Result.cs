using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Output;

/// <summary>What a command found: single figures and tables. Values are strings, numbers, booleans or null.</summary>
/// <param name="Figures">Names and values in their order.</param>
/// <param name="Tables">Tables in their order; <c>--output csv</c> prints the first, or the figures where there is no table.</param>
public sealed record Result(IReadOnlyList<(string Name, object? Value)> Figures, params IReadOnlyList<ResultTable> Tables)
{
    /// <summary>The result with a table of the files that could not be judged; as it is where there are none.</summary>
    public Result Without(IReadOnlyList<LeftOut> leftOut) => leftOut.Count == 0
        ? this
        : this with { Figures = [.. Figures, ("left_out_files", leftOut.Count)], Tables = [.. Tables, new ResultTable("left_out", ["file", "reason"], [.. leftOut.Select(l => (object?[])[l.File, l.Reason])])] };
}

/// <summary>Rows of equal length under named columns.</summary>
public sealed record ResultTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows);
