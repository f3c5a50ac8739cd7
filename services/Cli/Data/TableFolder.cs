using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>Labelled tables in a folder.</summary>
internal static class TableFolder
{
    public const string Formats = "*.csv, *.ndjson and *.jsonl, each also .gz, and *.parquet";
    private static readonly string[] Endings = [".csv", ".csv.gz", ".ndjson", ".ndjson.gz", ".jsonl", ".jsonl.gz", ".parquet"];

    /// <summary>The tables that have a column <paramref name="label"/>, in ordinal order; files whose header cannot be read go to <paramref name="leftOut"/>.</summary>
    public static IReadOnlyList<string> Files(string folder, string label, SearchOption depth, List<LeftOut> leftOut)
    {
        if (!Directory.Exists(folder))
        {
            throw new DataFormatException(folder, 0, null, "no such folder");
        }

        var files = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", depth).Where(f => EndingOf(f) is not null).Order(StringComparer.Ordinal))
        {
            try
            {
                using var rows = DataFile.Open(file);
                files.AddRange(rows.Columns.Contains(label, StringComparer.OrdinalIgnoreCase) ? [file] : []);
            }
            catch (DataFormatException e)
            {
                leftOut.Add(new LeftOut(Path.GetRelativePath(folder, file), e.Message));
            }
        }

        return files;
    }

    /// <summary>A table's file name without what says its format.</summary>
    public static string NameOf(string file) => Path.GetFileName(file)[..^EndingOf(file)!.Length];

    private static string? EndingOf(string file) => Endings.FirstOrDefault(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
