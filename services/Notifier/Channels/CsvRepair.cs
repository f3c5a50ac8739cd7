namespace Tidewatch.Notifier.Channels;

/// <summary>Brings a CSV file back to whole rows after a crash in the middle of one.</summary>
internal static class CsvRepair
{
    /// <summary>Cuts off everything behind the last line break that stands outside quotes.</summary>
    public static void CutTornRow(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var whole = EndOfLastRow(file);
        if (whole < file.Length)
        {
            file.SetLength(whole);
            file.Flush(flushToDisk: true);
        }
    }

    private static long EndOfLastRow(FileStream file)
    {
        var buffer = new byte[64 * 1024];
        long position = 0, whole = 0;
        var quoted = false;
        for (int read; (read = file.Read(buffer)) > 0; position += read)
        {
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] == '"')
                {
                    quoted = !quoted;
                }
                else if (buffer[i] == '\n' && !quoted)
                {
                    whole = position + i + 1;
                }
            }
        }

        return whole;
    }
}
