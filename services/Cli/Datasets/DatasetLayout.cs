using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Datasets;

/// <summary>A set of labelled data in a folder whose layout is known.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Layout">nab, skab, pairs or tables.</param>
/// <param name="Files">Its data files.</param>
/// <param name="Command">What judges detectors by it.</param>
internal sealed record DatasetLayout(string Folder, string Layout, IReadOnlyList<string> Files, string Command)
{
    private static readonly string[] Endings = [".csv", ".csv.gz", ".ndjson", ".jsonl", ".parquet"];

    /// <summary>Every known layout in <paramref name="root"/> and one folder below it. Throws <see cref="DataFormatException"/> for a folder that is not there.</summary>
    public static IReadOnlyList<DatasetLayout> Find(string root) => Directory.Exists(root)
        ? [.. new[] { root }.Concat(Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal)).Select(Recognise).OfType<DatasetLayout>()]
        : throw new DataFormatException(root, 0, null, "no such folder");

    /// <summary>Data files in <paramref name="folder"/> and below.</summary>
    public static IReadOnlyList<string> FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Array.Exists(Endings, e => f.EndsWith(e, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)];

    private static DatasetLayout? Recognise(string folder)
    {
        var data = Path.Combine(folder, "data");
        if (File.Exists(Path.Combine(folder, "labels", "combined_windows.json")) && Directory.Exists(data))
        {
            return new DatasetLayout(folder, "nab", FilesIn(data), $"tidewatch evaluate nab --data {folder}");
        }

        if (Directory.Exists(data) && FilesIn(data) is { Count: > 0 } runs && runs.Any(f => Has(f, "changepoint")))
        {
            return new DatasetLayout(folder, "skab", runs, $"tidewatch evaluate skab --data {folder}");
        }

        string[] own = [.. Directory.EnumerateFiles(folder).Where(f => Array.Exists(Endings, e => f.EndsWith(e, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)];
        if (Array.Find(own, f => Path.GetFileName(f).Contains("_test.", StringComparison.Ordinal)) is { } test && own.Contains(test.Replace("_test.", "_train.", StringComparison.Ordinal)))
        {
            return new DatasetLayout(folder, "pairs", own, $"tidewatch evaluate csv --data {test} --train {test.Replace("_test.", "_train.", StringComparison.Ordinal)}");
        }

        string[] labelled = [.. own.Where(f => Has(f, "label"))];
        return labelled.Length > 0 ? new DatasetLayout(folder, "tables", labelled, $"tidewatch evaluate adbench --data {folder}") : null;
    }

    private static bool Has(string file, string column)
    {
        try
        {
            using var rows = Data.DataFile.Open(file);
            return rows.Columns.Contains(column, StringComparer.OrdinalIgnoreCase);
        }
        catch (DataFormatException)
        {
            return false;
        }
    }
}
