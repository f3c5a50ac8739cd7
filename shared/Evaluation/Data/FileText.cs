using System.IO.Compression;

namespace Tidewatch.Evaluation.Data;

/// <summary>A file as text; <c>.gz</c> is unpacked on the way.</summary>
public static class FileText
{
    /// <summary>Opens the file for reading.</summary>
    public static StreamReader Open(string file)
    {
        var stream = File.OpenRead(file);
        return new StreamReader(file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }

    /// <summary>Share of the file's bytes that a reader of <see cref="Open"/> has taken, 0 to 1.</summary>
    public static double ShareRead(StreamReader reader)
    {
        var stream = reader.BaseStream is GZipStream zipped ? zipped.BaseStream : reader.BaseStream;
        return stream.Length > 0 ? (double)stream.Position / stream.Length : 1;
    }
}
