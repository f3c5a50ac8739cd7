using System.Globalization;

namespace Tidewatch.Evaluation.Data;

/// <summary>The rows of a CSV file with a header, one at a time; <c>.gz</c> is unpacked on the way. Comma, semicolon, tab or bar, whichever the header holds most; fields may be quoted within a line.</summary>
public sealed class CsvRows : IRowReader
{
    private const string Delimiters = ",;\t|";
    private readonly StreamReader _reader;
    private readonly char _delimiter;
    private readonly List<string> _fields = [];

    private CsvRows(string file, StreamReader reader)
    {
        File = file;
        _reader = reader;
        var header = ReadLine() ?? "";
        _delimiter = DelimiterOf(header);
        Split(header);
        Columns = [.. _fields];
        Line = 1;
    }

    public string File { get; }

    /// <summary>The header's names in their order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Line of the current row, from 1.</summary>
    public long Line { get; private set; }

    public double ShareRead => FileText.ShareRead(_reader);

    /// <summary>Opens the file and reads its header. Throws <see cref="DataFormatException"/> when there is no such file or no header.</summary>
    public static IRowReader Open(string file)
    {
        if (!System.IO.File.Exists(file))
        {
            throw new DataFormatException(file, 0, null, "no such file");
        }

        var rows = new CsvRows(file, FileText.Open(file));
        if (rows.Columns is [""] || IsRowOfValues(rows.Columns))
        {
            rows.Dispose();
            throw new DataFormatException(file, 1, null, $"a header with the columns' names was expected{(rows.Columns is [""] ? "" : ", there are values")}");
        }

        return rows;
    }

    /// <summary>Whether nothing but numbers and times stands in the header, and more than distinct whole numbers, which may be names.</summary>
    private static bool IsRowOfValues(IReadOnlyList<string> names) => names.All(IsValue)
        && (names.Any(n => !long.TryParse(n, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)) || names.Distinct(StringComparer.Ordinal).Count() < names.Count);

    private static bool IsValue(string name) => (double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) || TimeText.TryMs(name, out _);

    /// <summary>Goes to the next row, over empty lines; false at the end. Every row must have as many fields as the header.</summary>
    public bool Next()
    {
        string? line;
        do
        {
            line = ReadLine();
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

    public bool TryNumber(int column, out double value) => FieldText.TryNumber(_fields[column], out value);

    public long TimeMs(int column) => TimeText.TryMs(_fields[column], out var time) ? time : throw Wrong(column, "a time such as 2026-01-31T12:00:00Z");

    public DataFormatException Wrong(int column, string expected) => new(File, Line, Columns[column], $"'{_fields[column]}' is not {expected}");

    public IRowReader Again() => Open(File);

    public void Dispose() => _reader.Dispose();

    private string? ReadLine()
    {
        try
        {
            return _reader.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException(File, 0, null, $"damaged after line {Line}: {e.Message}");
        }
    }

    /// <summary>The delimiter that stands most often outside quotes; a comma where none does.</summary>
    private static char DelimiterOf(string header)
    {
        var counts = new int[Delimiters.Length];
        var isQuoted = false;
        foreach (var letter in header)
        {
            isQuoted ^= letter == '"';
            if (!isQuoted && Delimiters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var found)
            {
                counts[found]++;
            }
        }

        return Delimiters[Array.IndexOf(counts, counts.Max())];
    }

    private void Split(string line)
    {
        _fields.Clear();
        for (var start = 0; start <= line.Length;)
        {
            while (start < line.Length && line[start] == ' ')
            {
                start++;
            }

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
