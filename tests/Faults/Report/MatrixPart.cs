using System.Text.Json;

namespace Tidewatch.Faults.Report;

/// <summary>A row's outcome and the command that ran it, as a file in a folder: a page can be put together of several runs.</summary>
internal sealed record MatrixPart(string Command, RowResult Result)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>Writes it into <paramref name="folder"/>, which is made, in the place of an earlier run of the row.</summary>
    public Task WriteAsync(string folder) =>
        File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(folder).FullName, $"row-{Result.Number}.json"), JsonSerializer.Serialize(this, Format));

    /// <summary>Those in <paramref name="folder"/>, in the order of the catalogue.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static IReadOnlyList<MatrixPart> ReadAll(string folder)
    {
        var paths = FaultCatalog.All.Select(r => Path.Combine(folder, $"row-{r.Number}.json")).Where(File.Exists);
        return [.. paths.Select(p => JsonSerializer.Deserialize<MatrixPart>(File.ReadAllText(p), Format)!).DefaultIfEmpty()
            .Select(p => p ?? throw new InvalidOperationException($"no row's outcome is in {folder}: run make faults PARTS={folder}"))];
    }
}
