using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tidewatch.Cli.Output;
using Tidewatch.Evaluation.Data;
using Tidewatch.Evaluation.Reports;

namespace Tidewatch.Cli.Data;

/// <summary>Reads a whole series with its labels: from a column of the file, or from windows as NAB keeps them.</summary>
internal static class SeriesFile
{
    public static Option<string?> Windows() => new("--windows") { Description = "JSON as NAB's labels/combined_windows.json: for a file's name the first and last time of each anomalous window" };

    /// <summary>Every row in which no value is missing. Throws <see cref="DataFormatException"/> for a file without such rows and for windows that name it not.</summary>
    public static LabelledSeries Read(string file, SeriesColumns.Arguments arguments, ParseResult parsed, string? windows, ProgressBars bars) => DataFile.Read(file, bars, rows =>
    {
        var columns = arguments.Find(parsed, rows);
        var (times, values, labels, row) = (new List<long>(), new List<double>(), new List<bool>(), new double[columns.Values.Count]);
        while (rows.Next())
        {
            if (!columns.Read(rows, row))
            {
                continue;
            }

            times.Add(columns.TimeMs(rows));
            values.AddRange(row);
            if (columns.Label is { } label)
            {
                labels.Add(rows.Label(label));
            }
        }

        return times.Count == 0
            ? throw new DataFormatException(file, 0, null, "no rows")
            : new LabelledSeries(Path.GetFileNameWithoutExtension(file), [.. times], [.. values], columns.Names, windows is not null ? Inside(times, WindowsOf(windows, file)) : columns.Label is null ? null : [.. labels]) { Warnings = [.. columns.WarningsWithRows(rows)] };
    });

    private static bool[] Inside(List<long> times, (long First, long Last)[] windows) => [.. times.Select(t => Array.Exists(windows, w => t >= w.First && t <= w.Last))];

    private static (long First, long Last)[] WindowsOf(string windows, string file)
    {
        try
        {
            var all = JsonSerializer.Deserialize<Dictionary<string, string[][]>>(File.ReadAllText(windows)) ?? [];
            var path = Path.GetFullPath(file).Replace('\\', '/');
            var name = all.Keys.Where(k => path.EndsWith($"/{k}", StringComparison.Ordinal)).MaxBy(k => k.Length)
                ?? throw new DataFormatException(windows, 0, null, $"no entry for {Path.GetFileName(file)}");
            return [.. all[name].Select(w => w is [var first, var last] ? (Time(first, windows), Time(last, windows)) : throw new DataFormatException(windows, 0, null, $"{name}: a window is a first and a last time"))];
        }
        catch (JsonException e)
        {
            throw new DataFormatException(windows, (e.LineNumber ?? 0) + 1, null, e.Message);
        }
        catch (IOException e)
        {
            throw new DataFormatException(windows, 0, null, e.Message);
        }
    }

    private static long Time(string text, string file) => TimeText.TryMs(text, out var time) ? time : throw new DataFormatException(file, 0, null, string.Create(CultureInfo.InvariantCulture, $"'{text}' is no time"));
}
