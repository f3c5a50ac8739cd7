using Tidewatch.Cli.Output;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>Opens a data file by its ending. CSV has its own reader; DuckDB reads the rest.</summary>
internal static class DataFile
{
    public const string Formats = "CSV (.csv, .csv.gz) with a header, NDJSON (.ndjson, .jsonl, each also .gz) or Parquet (.parquet)";

    /// <summary>Does <paramref name="work"/> with the rows of <paramref name="file"/> under a progress bar.</summary>
    public static T Read<T>(string file, ProgressBars bars, Func<IRowReader, T> work) => bars.Run(Path.GetFileName(file), tell =>
    {
        using var rows = new WatchedRows(Open(file), tell);
        return work(rows);
    });

    /// <summary>Rows of <paramref name="file"/>, streamed. Throws <see cref="DataFormatException"/> for a missing file and an unknown ending.</summary>
    public static IRowReader Open(string file)
    {
        var name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".ndjson" or ".jsonl" => DuckDbRows.OpenJson(file),
            ".parquet" when name.Length == file.Length => DuckDbRows.OpenParquet(file),
            ".csv" or ".txt" or ".data" => CsvRows.Open(file),
            _ when Directory.Exists(file) => throw new DataFormatException(file, 0, null, "a folder; a file was expected"),
            _ when !File.Exists(file) => throw new DataFormatException(file, 0, null, "no such file"),
            var ending => throw new DataFormatException(file, 0, null, $"the ending '{ending}' says no format that can be read; there are {Formats}"),
        };
    }
}
