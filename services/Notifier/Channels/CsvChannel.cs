using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts;
using Tidewatch.Storage;

namespace Tidewatch.Notifier.Channels;

/// <summary>Section <c>Notifier:Csv</c>: alerts to <c>alerts.csv</c> in the output folder.</summary>
public sealed record CsvOptions : ChannelOptions;

/// <summary>
/// Appends a row per alert. A row is on the disk before the alert's offset is committed, and the file itself says which alerts it holds: after a crash
/// at any byte the last, torn row is cut off and written anew.
/// </summary>
public sealed class CsvChannel(IOptions<OutputOptions> output) : IChannel, IDeliveredIds
{
    public const string FileName = "alerts.csv";

    private static readonly string[] Columns =
        ["time", "series", "value", "z_score", "type", "severity", "score", "expected_lower", "expected_upper", "state", "detector", "id"];

    // A spreadsheet would run a series name that begins with '=' as a formula.
    private static readonly CsvWriterOptions Format = new() { NewLine = "\n", Injection = CsvInjection.Escape };

    private string FilePath => output.Value.PathOf(FileName);

    public async Task<Delivery> SendAsync(AlertGroup group, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(FilePath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            var end = file.Seek(0, SeekOrigin.End);
            try
            {
                file.Write(Rows(group.Alerts, header: end == 0));
                file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                file.SetLength(end);
                throw;
            }

            return Delivery.Sent;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Delivery.Retryable(e.Message);
        }
    }

    public IEnumerable<string> ReadDeliveredIds()
    {
        if (!File.Exists(FilePath))
        {
            yield break;
        }

        CsvRepair.CutTornRow(FilePath);
        using var rows = CsvReader.FromFile(FilePath, new CsvReaderOptions { Separator = ',' });
        while (rows.Read())
        {
            yield return rows.GetString("id");
        }
    }

    private static byte[] Rows(IReadOnlyList<Alert> alerts, bool header)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Format, leaveOpen: true))
        {
            if (header)
            {
                csv.WriteRecord(Columns);
            }

            foreach (var alert in alerts)
            {
                WriteRow(csv, alert);
            }
        }

        return bytes.ToArray();
    }

    private static void WriteRow(CsvWriter csv, Alert alert)
    {
        csv.WriteField(alert.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        csv.WriteField(alert.Series);
        csv.WriteField(alert.Value);
        csv.WriteField(alert.ZScore);
        csv.WriteField(alert.Direction.ToString().ToLowerInvariant());
        csv.WriteField(alert.Severity.ToString().ToLowerInvariant());
        csv.WriteField(alert.Score);
        csv.WriteField(alert.Expected?.Lower);
        csv.WriteField(alert.Expected?.Upper);
        csv.WriteField(alert.State.ToString().ToLowerInvariant());
        csv.WriteField(alert.Detector);
        csv.WriteField(alert.Id);
        csv.EndRecord();
    }
}
