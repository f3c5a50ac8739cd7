using System.Globalization;
using System.Text.Json;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Evaluation.Nab;

/// <summary>A folder laid out as NAB: <c>data/*/*.csv</c>, <c>labels/combined_windows.json</c>, and <c>config/profiles.json</c> when there is one.</summary>
/// <param name="Series">The files that can be judged, in ordinal order.</param>
/// <param name="Profiles">What finding, crying wolf and missing weigh.</param>
/// <param name="LeftOut">Files without an entry in the labels, and those that cannot be read, with the reason.</param>
public sealed record NabCorpus(IReadOnlyList<NabSeries> Series, IReadOnlyList<NabProfile> Profiles, IReadOnlyList<LeftOut> LeftOut)
{
    /// <summary>What of the files could not be used, a line each: infinite values and words among the values are taken as missing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads every file under <c>data</c>. Throws <see cref="DataFormatException"/> when the labels cannot be read or no file can be judged.</summary>
    public static NabCorpus Load(string folder)
    {
        var data = Path.Combine(folder, "data");
        if (!Directory.Exists(data))
        {
            throw new DataFormatException(folder, 0, null, "no folder 'data' in it; NAB's layout is data/, labels/, config/");
        }

        var labelFile = Path.Combine(folder, "labels", "combined_windows.json");
        var labels = ReadJson<Dictionary<string, string[][]?>>(labelFile);
        var (series, leftOut, warnings) = (new List<NabSeries>(), new List<LeftOut>(), new List<string>());
        foreach (var file in Directory.EnumerateFiles(data, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(data, file).Replace('\\', '/');
            try
            {
                series.Add(labels.TryGetValue(name, out var windows)
                    ? ReadSeries(file, name, windows ?? [], labelFile, warnings)
                    : throw new DataFormatException(labelFile, 0, null, $"no entry for {name}; a file without anomalies has an empty one"));
            }
            catch (DataFormatException e)
            {
                leftOut.Add(new LeftOut(name, e.Message));
            }
        }

        return series.Count > 0
            ? new NabCorpus(series, ReadProfiles(Path.Combine(folder, "config", "profiles.json")), leftOut) { Warnings = warnings }
            : throw Data.LeftOut.All(data, leftOut, "no *.csv in it");
    }

    /// <summary>The files whose names contain one of <paramref name="parts"/>; all when there is none. Throws <see cref="DataFormatException"/> when none does.</summary>
    public NabCorpus Only(IReadOnlyList<string> parts)
    {
        var chosen = Series.Where(s => parts.Count == 0 || parts.Any(p => s.Name.Contains(p, StringComparison.OrdinalIgnoreCase))).ToArray();
        return chosen.Length > 0 ? this with { Series = chosen } : throw new DataFormatException("data", 0, null, $"no file is named {string.Join(" or ", parts)}");
    }

    private static NabSeries ReadSeries(string file, string name, string[][] windows, string labelFile, List<string> warnings)
    {
        var (times, values) = (new List<long>(), new List<double>());
        using var rows = CsvRows.Open(file);
        var (time, value, row) = (rows.IndexOf("timestamp"), FeatureColumns.Among(rows, [rows.IndexOf("value")], forgivesWords: true), new double[1]);
        while (rows.Next())
        {
            times.Add(rows.TimeMs(time));
            value.Read(rows, row);
            values.Add(row[0]);
        }

        warnings.AddRange(value.Warnings);

        if (times.Count == 0)
        {
            throw new DataFormatException(file, 0, null, "no rows");
        }

        var limits = windows.Select(w => w.Length == 2
            ? Rows(times, ParseTime(w[0], labelFile), ParseTime(w[1], labelFile))
            : throw new DataFormatException(labelFile, 0, null, $"{name}: a window is a first and a last time"));
        return new NabSeries(name, [.. times], [.. values], [.. limits.Where(w => w.Width > 0).OrderBy(w => w.First)]);
    }

    /// <summary>The first and the last row whose time lies in the window, whatever the order of the rows; empty when there is none.</summary>
    private static NabWindow Rows(List<long> times, long first, long last) => times.FindIndex(t => t >= first && t <= last) is >= 0 and var i
        ? new(i, times.FindLastIndex(t => t >= first && t <= last))
        : new(0, -1);

    private static long ParseTime(string text, string file) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time.ToUnixTimeMilliseconds()
        : throw new DataFormatException(file, 0, null, $"'{text}' is not a time");

    private static IReadOnlyList<NabProfile> ReadProfiles(string file)
    {
        if (!File.Exists(file))
        {
            return NabProfile.V11;
        }

        var profiles = ReadJson<Dictionary<string, Dictionary<string, Dictionary<string, double>>>>(file);
        return [.. profiles.Select(p => p.Value.TryGetValue("CostMatrix", out var cost)
            && cost.TryGetValue("tpWeight", out var tp) && cost.TryGetValue("fpWeight", out var fp) && cost.TryGetValue("fnWeight", out var fn)
            ? new NabProfile(p.Key, tp, fp, fn)
            : throw new DataFormatException(file, 0, null, $"profile '{p.Key}' needs CostMatrix with tpWeight, fpWeight and fnWeight"))];
    }

    private static T ReadJson<T>(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<T>(stream) ?? throw new DataFormatException(file, 0, null, "null is no content");
        }
        catch (JsonException e)
        {
            throw new DataFormatException(file, (e.LineNumber ?? 0) + 1, null, e.Message);
        }
        catch (IOException e)
        {
            throw new DataFormatException(file, 0, null, e.Message);
        }
    }
}
