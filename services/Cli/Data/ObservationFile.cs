using System.Text;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Engine.Offline;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>A file as a partition's records: NDJSON holds observations as they stand on a topic; of other files each row becomes one.</summary>
internal static class ObservationFile
{
    /// <summary>Whether the lines of <paramref name="file"/> are the messages themselves.</summary>
    public static bool HasMessages(string file) =>
        Path.GetExtension(file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file).ToLowerInvariant() is ".ndjson" or ".jsonl";

    /// <summary>Records with the line's number less one as offset; without a timestamp.</summary>
    public static IEnumerable<OfflineRecord> Messages(string file)
    {
        using var text = File.Exists(file) ? FileText.Open(file) : throw new DataFormatException(file, 0, null, "no such file");
        for (var offset = 0L; text.ReadLine() is { } line; offset++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return new OfflineRecord(offset, -1, [], Encoding.UTF8.GetBytes(line));
            }
        }
    }

    /// <summary>Rows as observations of one series; those in which a value is missing are passed over.</summary>
    public static IEnumerable<OfflineRecord> Rows(IRowReader rows, SeriesColumns columns, string series)
    {
        var values = new double[columns.Values.Count];
        for (var offset = 0L; rows.Next(); offset++)
        {
            if (!columns.Read(rows, values))
            {
                continue;
            }

            var observation = new Observation
            {
                Series = series,
                Time = DateTimeOffset.FromUnixTimeMilliseconds(columns.TimeMs(rows)),
                Value = values.Length == 1 ? values[0] : null,
                Features = values.Length == 1 ? null : columns.Names.Zip(values).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal),
                Label = columns.Label is { } label ? rows.Label(label) : null,
            };
            yield return new OfflineRecord(offset, -1, Encoding.UTF8.GetBytes(series), ObservationCodec.Encode(observation));
        }
    }
}
