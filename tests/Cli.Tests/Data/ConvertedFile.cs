using System.IO.Compression;
using DuckDB.NET.Data;

namespace Tidewatch.Cli.Tests.Data;

/// <summary>A CSV file in another format, as its ending says; Parquet has typed columns, and nothing where the CSV has an empty field, NA or ?.</summary>
internal static class ConvertedFile
{
    public static string Of(string csv, string file)
    {
        if (file.EndsWith(".csv", StringComparison.Ordinal))
        {
            File.Copy(csv, file, overwrite: true);
            return file;
        }

        if (file.EndsWith(".csv.gz", StringComparison.Ordinal))
        {
            using var zipped = new GZipStream(File.Create(file), CompressionLevel.Fastest);
            zipped.Write(File.ReadAllBytes(csv));
            return file;
        }

        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        var format = file.EndsWith(".parquet", StringComparison.Ordinal) ? "PARQUET" : file.EndsWith(".gz", StringComparison.Ordinal) ? "JSON, COMPRESSION gzip" : "JSON";
        command.CommandText = $"COPY (SELECT * FROM read_csv('{csv}', nullstr = ['', 'NA', '?'])) TO '{file}' (FORMAT {format})";
        command.ExecuteNonQuery();
        return file;
    }
}
