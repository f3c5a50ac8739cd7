namespace Tidewatch.Cli.Output;

/// <summary>What a command found: single figures and tables. Values are strings, numbers, booleans or null.</summary>
/// <param name="Figures">Names and values in their order.</param>
/// <param name="Tables">Tables in their order; <c>--output csv</c> prints the first, or the figures where there is no table.</param>
public sealed record Result(IReadOnlyList<(string Name, object? Value)> Figures, params IReadOnlyList<ResultTable> Tables);

/// <summary>Rows of equal length under named columns.</summary>
public sealed record ResultTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows);
