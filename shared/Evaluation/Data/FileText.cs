using System.IO.Compression;

namespace Tidewatch.Evaluation.Data;

/// <summary>A file as text; <c>.gz</c> is unpacked on the way.</summary>
public static class FileText
{
    public static StreamReader Open(string file)
    {
        var stream = File.OpenRead(file);
        return new StreamReader(file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }
}
