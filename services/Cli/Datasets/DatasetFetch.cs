using System.IO.Compression;
using System.Security.Cryptography;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Datasets;

/// <summary>Brings a data set from its origin into a folder: a file is copied, an archive unpacked. What is there already stays.</summary>
internal sealed class DatasetFetch(HttpClient http)
{
    private const long MostBytes = 8L << 30;

    /// <summary>Sets that are known by name, with the place their owners publish them at.</summary>
    public static IReadOnlyDictionary<string, Uri> Known { get; } = new Dictionary<string, Uri>(StringComparer.Ordinal)
    {
        ["nab"] = new("https://github.com/numenta/NAB/archive/refs/heads/master.zip"),
        ["skab"] = new("https://github.com/waico/SKAB/archive/refs/heads/master.zip"),
    };

    /// <summary>Fetches <paramref name="source"/> (a known name, a URL or a path) and returns its SHA-256 and the files written. Throws <see cref="DataFormatException"/>.</summary>
    /// <param name="source">What to fetch.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="sha256">What its checksum must be; null takes any.</param>
    /// <param name="progress">Told the share that is here, 0 to 1, where the length is known.</param>
    /// <param name="cancellationToken">Stops it; nothing is left behind.</param>
    public async Task<(string Sha256, IReadOnlyList<string> Files)> FetchAsync(string source, string folder, string? sha256, Action<double> progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var partial = Path.Combine(folder, $".{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(source)))[..12]}.partial");
        try
        {
            await DownloadAsync(source, partial, progress, cancellationToken);
            var found = Convert.ToHexStringLower(await HashAsync(partial, cancellationToken));
            return sha256 is not null && !string.Equals(found, sha256, StringComparison.OrdinalIgnoreCase)
                ? throw new DataFormatException(source, 0, null, $"the SHA-256 is {found}, {sha256} was expected: nothing was kept")
                : (found, Place(source, partial, folder));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DataFormatException(source, 0, null, e.Message);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task<byte[]> HashAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return await SHA256.HashDataAsync(stream, cancellationToken);
    }

    private async Task DownloadAsync(string source, string target, Action<double> progress, CancellationToken cancellationToken)
    {
        await using var output = File.Create(target);
        var uri = Known.TryGetValue(source, out var known) ? known : Uri.TryCreate(source, UriKind.Absolute, out var given) && given.Scheme is "http" or "https" ? given : null;
        if (uri is null)
        {
            await using var file = File.Exists(source) ? File.OpenRead(source) : throw new DataFormatException(source, 0, null, $"no such file, no URL, and no known set; known are {string.Join(", ", Known.Keys)}");
            await CopyAsync(file, output, file.Length, progress, cancellationToken);
            return;
        }

        using var response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await CopyAsync(body, output, response.Content.Headers.ContentLength, progress, cancellationToken);
    }

    private static async Task CopyAsync(Stream input, FileStream output, long? length, Action<double> progress, CancellationToken cancellationToken)
    {
        var (buffer, copied) = (new byte[1 << 16], 0L);
        while (await input.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            copied += read;
            if (copied > MostBytes)
            {
                throw new InvalidDataException($"more than {MostBytes} bytes");
            }

            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            progress(length > 0 ? Math.Min(1, (double)copied / length.Value) : 0);
        }
    }

    private static List<string> Place(string source, string partial, string folder)
    {
        using (var stream = File.OpenRead(partial))
        {
            if (stream.ReadByte() == 'P' && stream.ReadByte() == 'K')
            {
                stream.Position = 0;
                using var archive = new ZipArchive(stream);
                return Unpack(archive, Path.GetFullPath(folder));
            }
        }

        var file = Path.Combine(folder, Path.GetFileName(Uri.TryCreate(source, UriKind.Absolute, out var uri) ? uri.AbsolutePath : source));
        File.Copy(partial, file, overwrite: true);
        return [file];
    }

    /// <summary>Without the one folder that archives of repositories begin with; a name that would leave the folder and content beyond the limit are refused before anything is written.</summary>
    private static List<string> Unpack(ZipArchive archive, string folder)
    {
        ZipArchiveEntry[] entries = [.. archive.Entries.Where(e => e.Name.Length > 0)];
        var tops = entries.Select(e => e.FullName.Split('/')[0]).Distinct(StringComparer.Ordinal).ToArray();
        var skipped = tops.Length == 1 && entries.All(e => e.FullName.Contains('/', StringComparison.Ordinal)) ? tops[0].Length + 1 : 0;
        (ZipArchiveEntry Entry, string Path)[] places = [.. entries.Select(e => (e, Path.GetFullPath(Path.Combine(folder, e.FullName[skipped..]))))];
        if (Array.Find(places, p => !p.Path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) is { Entry: { } outside })
        {
            throw new InvalidDataException($"'{outside.FullName}' in the archive would leave {folder}");
        }

        if (entries.Sum(e => e.Length) > MostBytes)
        {
            throw new InvalidDataException($"the archive unpacks to more than {MostBytes} bytes");
        }

        foreach (var (entry, path) in places)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path, overwrite: true);
        }

        return [.. places.Select(p => p.Path)];
    }
}
