using System.Globalization;

namespace Tidewatch.EndToEnd;

/// <summary>A row of alerts.csv as anyone would read it.</summary>
internal sealed record AlertRow(DateTimeOffset Time, string Series, string Severity, string Id)
{
    /// <summary>The whole rows so far; a row that is being written is left for the next look.</summary>
    public static IReadOnlyList<AlertRow> Read(string folder)
    {
        var path = Path.Combine(folder, "alerts.csv");
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var text = reader.ReadToEnd();
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
        {
            return [];
        }

        var names = lines[0].Split(',');
        string Field(string line, string name) => line.Split(',')[Array.IndexOf(names, name)];
        return [.. lines.Skip(1).Select(l => new AlertRow(
            DateTimeOffset.Parse(Field(l, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Field(l, "series"), Field(l, "severity"), Field(l, "id")))];
    }
}
