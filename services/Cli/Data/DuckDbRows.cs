using System.Globalization;
using System.Numerics;
using System.Text.Json;
using DuckDB.NET.Data;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>Rows of an NDJSON or Parquet file in their order through DuckDB, streamed: a file may be larger than memory.</summary>
/// <remarks>DuckDB may take half a gigabyte for its buffers. It is opened for this one file and loads no extension.</remarks>
internal sealed class DuckDbRows : IRowReader
{
    private const string Settings = "SET memory_limit = '512MB'; SET preserve_insertion_order = true; SET TimeZone = 'UTC'; SET autoinstall_known_extensions = false; SET autoload_known_extensions = false";
    private readonly DuckDBConnection _connection;
    private readonly DuckDBCommand _command;
    private readonly string _source;
    private readonly bool _hasLines;
    private readonly long _rows;
    private DuckDBDataReader? _reader;

    private DuckDbRows(string file, string source, bool hasLines)
    {
        (File, _source, _hasLines) = (file, source, hasLines);
        _connection = new DuckDBConnection("DataSource=:memory:");
        _connection.Open();
        _command = _connection.CreateCommand();
        try
        {
            _command.CommandText = Settings;
            _command.ExecuteNonQuery();
            Columns = Describe(source);
            _rows = hasLines ? 0 : Count(source);
            _command.CommandText = $"SELECT * FROM {(hasLines ? TextColumns(source) : source)}";
            _command.UseStreamingMode = true;
        }
        catch (DuckDBException e)
        {
            Dispose();
            throw Translate(e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string File { get; }

    public IReadOnlyList<string> Columns { get; } = [];

    public long Line { get; private set; }

    public double ShareRead => _rows > 0 ? Math.Min(1, (double)Line / _rows) : -1;

    /// <summary>An object a line; the columns are the names found in the first 20,480 of them.</summary>
    public static IRowReader OpenJson(string file) => Open(file, f => $"read_json({f}, format = 'newline_delimited')", hasLines: true);

    public static IRowReader OpenParquet(string file) => Open(file, f => $"read_parquet({f})", hasLines: false);

    public bool Next()
    {
        try
        {
            _reader ??= _command.ExecuteReader();
            Line++;
            return _reader.Read();
        }
        catch (DuckDBException e)
        {
            throw Translate(e);
        }
    }

    public string Text(int column) => Convert.ToString(Value(column), CultureInfo.InvariantCulture) ?? "";

    public bool TryNumber(int column, out double value)
    {
        var found = Value(column);
        value = found switch
        {
            double number => number,
            bool isTrue => isTrue ? 1 : 0,
            BigInteger number => (double)number,
            IConvertible number and not (string or DateTime) => number.ToDouble(CultureInfo.InvariantCulture),
            _ => double.NaN,
        };
        return found is string text ? FieldText.TryNumber(text, out value) : found is null or BigInteger or (IConvertible and not DateTime);
    }

    public long TimeMs(int column) => Value(column) switch
    {
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeMilliseconds(),
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        DateOnly day => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds(),
        var other => TimeText.TryMs(Convert.ToString(other, CultureInfo.InvariantCulture) ?? "", out var time) ? time : throw Wrong(column, "a time such as 2026-01-31T12:00:00Z"),
    };

    public DataFormatException Wrong(int column, string expected) =>
        new(File, LineOfRow(), Columns[column], Value(column) is { } value ? $"'{Convert.ToString(value, CultureInfo.InvariantCulture)}' is not {expected}" : $"nothing there, {expected} was expected");

    public IRowReader Again() => new DuckDbRows(File, _source, _hasLines);

    public void Dispose()
    {
        _reader?.Dispose();
        _command.Dispose();
        _connection.Dispose();
    }

    private static DuckDbRows Open(string file, Func<string, string> source, bool hasLines) => System.IO.File.Exists(file)
        ? new DuckDbRows(file, source($"'{file.Replace("'", "''", StringComparison.Ordinal)}'"), hasLines)
        : throw new DataFormatException(file, 0, null, "no such file");

    private List<string> Describe(string source)
    {
        var columns = new List<string>();
        _command.CommandText = $"DESCRIBE SELECT * FROM {source}";
        using var reader = _command.ExecuteReader();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }

    /// <summary>Parquet says in its footer how many rows there are.</summary>
    private long Count(string source)
    {
        _command.CommandText = $"SELECT count(*) FROM {source}";
        return (long)_command.ExecuteScalar()!;
    }

    /// <summary>Every field as its text: a word among numbers is then found here, where its line is known.</summary>
    private string TextColumns(string source)
    {
        var columns = Columns.Select(c => $"'{c.Replace("'", "''", StringComparison.Ordinal)}': 'VARCHAR'");
        return $"{source[..^1]}, columns = {{{string.Join(", ", columns)}}})";
    }

    private object? Value(int column) => _reader!.GetValue(column) is var value && value is DBNull ? null : value;

    /// <summary>DuckDB passes over empty lines: what stands in the file is counted when somebody must be told.</summary>
    private long LineOfRow()
    {
        if (!_hasLines)
        {
            return Line;
        }

        using var text = FileText.Open(File);
        var (line, rows) = (0L, 0L);
        while (rows < Line && text.ReadLine() is { } content)
        {
            line++;
            rows += string.IsNullOrWhiteSpace(content) ? 0 : 1;
        }

        return line;
    }

    /// <summary>DuckDB counts lines of broken JSON by its own buffers: the first broken line is looked for here.</summary>
    private DataFormatException Translate(DuckDBException e)
    {
        var message = e.Message.Split('\n')[0].Trim();
        using var text = _hasLines ? FileText.Open(File) : StreamReader.Null;
        for (var line = 1L; text.ReadLine() is { } content; line++)
        {
            if (!string.IsNullOrWhiteSpace(content) && ProblemOf(content) is { } problem)
            {
                return new DataFormatException(File, line, null, problem);
            }
        }

        return new DataFormatException(File, 0, null, message);
    }

    private static string? ProblemOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object ? null : $"an object such as {{\"value\": 1}} was expected, there is {json.RootElement.ValueKind.ToString().ToLowerInvariant()}";
        }
        catch (JsonException e)
        {
            return $"no JSON: {e.Message}";
        }
    }
}
