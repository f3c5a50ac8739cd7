using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>Labelled tables in a folder.</summary>
internal static class TableFolder
{
    /// <summary>The <c>*.csv</c> and <c>*.csv.gz</c> that have a column <paramref name="label"/>, in ordinal order; files whose header cannot be read go to <paramref name="leftOut"/>.</summary>
    public static IReadOnlyList<string> Files(string folder, string label, SearchOption depth, List<LeftOut> leftOut)
    {
        if (!Directory.Exists(folder))
        {
            throw new DataFormatException(folder, 0, null, "no such folder");
        }

        var files = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", depth).Where(IsTable).Order(StringComparer.Ordinal))
        {
            try
            {
                using var rows = CsvRows.Open(file);
                files.AddRange(rows.Columns.Contains(label, StringComparer.OrdinalIgnoreCase) ? [file] : []);
            }
            catch (DataFormatException e)
            {
                leftOut.Add(new LeftOut(Path.GetRelativePath(folder, file), e.Message));
            }
        }

        return files;
    }

    private static bool IsTable(string file) => file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);
}
