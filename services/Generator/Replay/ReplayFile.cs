using System.Globalization;
using CsvHelper;
using Tidewatch.Kafka.Sources;

namespace Tidewatch.Generator.Replay;

/// <summary>A delimited text file with a time and a value in each row, read row by row.</summary>
public sealed class ReplayFile
{
    private readonly string _path;
    private readonly CsvReaderOptions _csv;
    private readonly TimeFormat _format;

    /// <summary>Reads the first row. Throws <see cref="InvalidDataException"/> when the columns are not there.</summary>
    public ReplayFile(string path, string series, ReplayOptions options)
    {
        (_path, Series, _format) = (path, series, new TimeFormat(options.TimeFormat));
        _csv = new() { Separator = options.Delimiter.Length > 0 ? options.Delimiter[0] : null, HasHeader = false, TrackLineNumbers = true };
        using var reader = Open();
        Columns = reader.Read()
            ? CsvColumns.Find(reader.Current.ToArray(), options.TimeColumn, options.ValueColumn, options.LabelColumn, _format)
            : throw new InvalidDataException("the file is empty");
    }

    /// <summary>Id of the series its rows belong to.</summary>
    public string Series { get; }

    public CsvColumns Columns { get; }

    /// <summary>The files of a path (a file, or a folder with *.csv at any depth, in order of their names) with their series.</summary>
    public static IEnumerable<(string Path, string Series)> List(string path, string domain) =>
        Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(f => (f, $"{domain}/{Path.ChangeExtension(Path.GetRelativePath(path, f), null).Replace('\\', '/')}"))
            : [(path, $"{domain}/{Path.GetFileNameWithoutExtension(path)}")];

    /// <summary>The good rows in the file's order; a bad one is given to <paramref name="bad"/>.</summary>
    public async IAsyncEnumerable<ReplayRow> ReadAsync(Action<BadRow> bad)
    {
        using var reader = Open();
        for (var first = true; await ReadAsync(reader); first = false)
        {
            if (first && Columns.HasHeader)
            {
                continue;
            }

            if (TryRead(reader.Current.ToArray(), reader.LineNumber, out var row, out var error))
            {
                yield return row;
            }
            else
            {
                bad(error!);
            }
        }
    }

    private async ValueTask<bool> ReadAsync(CsvReader reader)
    {
        try
        {
            return await reader.ReadAsync();
        }
        catch (CsvFormatException e)
        {
            throw new SourceStoppedException($"{_path}: {e.Message}");
        }
        catch (IOException e)
        {
            throw new SourceStoppedException($"{_path} cannot be read further: {e.Message}");
        }
    }

    private bool TryRead(string[] cells, long line, out ReplayRow row, out BadRow? error)
    {
        row = default;
        error = null;
        bool? label = null;
        if (!_format.TryRead(Cell(cells, Columns.Time), out var time))
        {
            error = Bad(cells, line, Columns.Time, _format.Wanted);
        }
        else if (!double.TryParse(Cell(cells, Columns.Value), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            error = Bad(cells, line, Columns.Value, "a finite number with a point for the decimals");
        }
        else if (Columns.Label is { } at && (label = Truth(Cell(cells, at))) is null)
        {
            error = Bad(cells, line, at, "a label: 0, 1, true or false");
        }
        else
        {
            row = new(line, time, value, label);
        }

        return error is null;
    }

    private BadRow Bad(string[] cells, long line, int column, string wanted) => new(_path, line, Columns.Names[column], Cell(cells, column), wanted);

    private static string Cell(string[] cells, int column) => column < cells.Length ? cells[column] : "";

    private static bool? Truth(string text) => text.Trim().ToUpperInvariant() switch
    {
        "1" or "1.0" or "TRUE" => true,
        "0" or "0.0" or "FALSE" => false,
        _ => null,
    };

    private CsvReader Open() => CsvReader.FromFile(_path, _csv);
}
