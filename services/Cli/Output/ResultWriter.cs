using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Tidewatch.Cli.Output;

/// <summary>Prints results; nothing else ever goes to standard output.</summary>
public static class ResultWriter
{
    private const int WidestTable = 1_000;
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static void Write(this TextWriter output, Result result, ResultFormat format)
    {
        switch (format)
        {
            case ResultFormat.Json:
                output.WriteLine(Json(result));
                break;
            case ResultFormat.Csv:
                WriteCsv(output, result.Tables is [var first, ..] ? first : new ResultTable("figures", [.. result.Figures.Select(f => f.Name)], [[.. result.Figures.Select(f => f.Value)]]));
                break;
            default:
                WriteTables(output, result);
                break;
        }
    }

    private static string Json(Result result)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            foreach (var (name, value) in result.Figures)
            {
                json.WritePropertyName(name);
                WriteValue(json, value);
            }

            foreach (var table in result.Tables)
            {
                json.WriteStartArray(table.Name);
                foreach (var row in table.Rows)
                {
                    json.WriteStartObject();
                    for (var i = 0; i < row.Length; i++)
                    {
                        json.WritePropertyName(table.Columns[i]);
                        WriteValue(json, row[i]);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case null or double:
                json.WriteNullValue();
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void WriteCsv(TextWriter output, ResultTable table)
    {
        var lines = new CsvLines(output, table.Columns);
        foreach (var row in table.Rows)
        {
            lines.Write(row);
        }
    }

    private static void WriteTables(TextWriter output, Result result)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = WidestTable;
        foreach (var table in result.Tables)
        {
            var grid = new Table { Border = TableBorder.Simple };
            grid.AddColumns([.. table.Columns.Select(c => new TableColumn(new Text(c)).NoWrap())]);
            foreach (var row in table.Rows)
            {
                grid.AddRow(row.Select(v => new Text(CsvLines.TextOf(v, "0.####"))));
            }

            console.Write(grid);
        }

        foreach (var (name, value) in result.Figures)
        {
            output.WriteLine($"{name}: {CsvLines.TextOf(value, "0.####")}");
        }
    }
}
