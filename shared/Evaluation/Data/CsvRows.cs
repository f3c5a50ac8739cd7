using System.Globalization;
using System.IO.Compression;

namespace Tidewatch.Evaluation.Data;

/// <summary>The rows of a CSV file with a header, one at a time; <c>.gz</c> is unpacked on the way. Comma or semicolon, whichever the header holds; fields may be quoted within a line.</summary>
public sealed class CsvRows : IDisposable
{
    private readonly StreamReader _reader;
    private readonly char _delimiter;
    private readonly List<string> _fields = [];

    private CsvRows(string file, StreamReader reader)
    {
        File = file;
        _reader = reader;
        var header = reader.ReadLine() ?? "";
        _delimiter = header.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        Split(header);
        Columns = [.. _fields];
        Line = 1;
    }

    public string File { get; }

    /// <summary>The header's names in their order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Line of the current row, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Opens the file and reads its header. Throws <see cref="DataFormatException"/> when there is no such file or no header.</summary>
    public static CsvRows Open(string file)
    {
        if (!System.IO.File.Exists(file))
        {
            throw new DataFormatException(file, 0, null, "no such file");
        }

        var stream = System.IO.File.OpenRead(file);
        var rows = new CsvRows(file, new StreamReader(file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream));
        if (rows.Columns is [""])
        {
            rows.Dispose();
            throw new DataFormatException(file, 1, null, "a header with the columns' names was expected");
        }

        return rows;
    }

    /// <summary>Index of the column; throws <see cref="DataFormatException"/> that lists the columns there are.</summary>
    public int IndexOf(string column) => Enumerable.Range(0, Columns.Count).FirstOrDefault(i => string.Equals(Columns[i], column, StringComparison.OrdinalIgnoreCase), -1) is >= 0 and var index
        ? index
        : throw new DataFormatException(File, 1, null, $"there is no column '{column}'; there are {string.Join(", ", Columns)}");

    /// <summary>Goes to the next row, over empty lines; false at the end. Every row must have as many fields as the header.</summary>
    public bool Next()
    {
        string? line;
        do
        {
            line = _reader.ReadLine();
            Line++;
        }
        while (line?.Length == 0);
        if (line is null)
        {
            return false;
        }

        Split(line);
        return _fields.Count == Columns.Count
            ? true
            : throw new DataFormatException(File, Line, null, $"{Columns.Count} fields were expected, there are {_fields.Count}");
    }

    public string Text(int column) => _fields[column];

    /// <summary>A finite number.</summary>
    public double Number(int column) => double.TryParse(_fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value
        : throw Wrong(column, "a number");

    /// <summary>True for 1 or true, false for 0 or false.</summary>
    public bool Label(int column) => _fields[column] switch
    {
        "1" or "1.0" or "true" or "True" => true,
        "0" or "0.0" or "false" or "False" => false,
        _ => throw Wrong(column, "0 or 1"),
    };

    /// <summary>A time in ISO 8601, with a space or T; UTC when it names no zone; whole numbers are Unix seconds below 1e11, else milliseconds.</summary>
    public long TimeMs(int column)
    {
        var text = _fields[column];
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return Math.Abs(number) < 100_000_000_000 ? number * 1000 : number;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw Wrong(column, "a time such as 2026-01-31T12:00:00Z");
    }

    public void Dispose() => _reader.Dispose();

    private DataFormatException Wrong(int column, string expected) => new(File, Line, Columns[column], $"'{_fields[column]}' is not {expected}");

    private void Split(string line)
    {
        _fields.Clear();
        for (var start = 0; start <= line.Length;)
        {
            var quoted = start < line.Length && line[start] == '"';
            var close = quoted ? ClosingQuote(line, start + 1) : start;
            var end = line.IndexOf(_delimiter, close);
            end = end < 0 ? line.Length : end;
            _fields.Add(quoted ? line[(start + 1)..close].Replace("\"\"", "\"", StringComparison.Ordinal) : line.AsSpan(start, end - start).Trim().ToString());
            start = end + 1;
        }
    }

    private int ClosingQuote(string line, int from)
    {
        for (var i = from; i < line.Length; i++)
        {
            if (line[i] != '"')
            {
                continue;
            }

            if (i + 1 == line.Length || line[i + 1] != '"')
            {
                return i;
            }

            i++;
        }

        throw new DataFormatException(File, Line + 1, null, "a quote is not closed");
    }
}
