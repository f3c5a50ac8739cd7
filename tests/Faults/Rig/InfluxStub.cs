using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

namespace Tidewatch.Faults.Rig;

/// <summary>Stands in for InfluxDB's write endpoint, and remembers the alerts of the writes that it took.</summary>
internal sealed partial class InfluxStub(int port) : HttpSink(port)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Of <paramref name="wanted"/>, the alerts that have not come.</summary>
    public int Missing(IEnumerable<string> wanted)
    {
        lock (_ids)
        {
            return wanted.Count(id => !_ids.Contains(id));
        }
    }

    protected override async Task TakeAsync(HttpListenerRequest request)
    {
        using var reader = new StreamReader(request.Headers["Content-Encoding"] == "gzip" ? new GZipStream(request.InputStream, CompressionMode.Decompress) : request.InputStream);
        var lines = await reader.ReadToEndAsync();
        lock (_ids)
        {
            _ids.UnionWith(AlertId().Matches(lines).Select(m => m.Groups["id"].Value));
        }
    }

    [GeneratedRegex("""\\"id\\":\\"(?<id>[a-z2-7]{26})\\""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AlertId();
}
