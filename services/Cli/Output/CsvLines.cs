using System.Globalization;

namespace Tidewatch.Cli.Output;

/// <summary>A table as CSV (RFC 4180) while its rows come: the header at once, then a line a row.</summary>
internal sealed class CsvLines
{
    private readonly TextWriter _output;

    public CsvLines(TextWriter output, IReadOnlyList<string> columns)
    {
        _output = output;
        output.WriteLine(string.Join(',', columns));
    }

    public void Write(object?[] row) => _output.WriteLine(string.Join(',', row.Select(v => Quoted(TextOf(v, "R")))));

    /// <summary>A value as text in the invariant culture; null is empty.</summary>
    public static string TextOf(object? value, string numberFormat) => value switch
    {
        null => "",
        double.NaN => "",
        double number => number.ToString(numberFormat, CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
