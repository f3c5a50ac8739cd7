using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

namespace Tidewatch.Faults.Rig;

/// <summary>Stands in for InfluxDB's write endpoint: answers as it is told, and remembers the alerts of the writes that it took.</summary>
internal sealed partial class InfluxStub : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Task _serving;
    private volatile int _status = 204;

    public InfluxStub(int port)
    {
        Url = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>Status of every answer from now on; 204 is well.</summary>
    public int Status
    {
        get => _status;
        set => _status = value;
    }

    /// <summary>Requests that were not taken.</summary>
    public int Refused { get; private set; }

    /// <summary>Of <paramref name="wanted"/>, the alerts that have not come.</summary>
    public int Missing(IEnumerable<string> wanted)
    {
        lock (_ids)
        {
            return wanted.Count(id => !_ids.Contains(id));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task AnswerAsync(HttpListenerContext request)
    {
        var status = _status;
        using (var reader = new StreamReader(request.Request.Headers["Content-Encoding"] == "gzip" ? new GZipStream(request.Request.InputStream, CompressionMode.Decompress) : request.Request.InputStream))
        {
            var lines = await reader.ReadToEndAsync();
            lock (_ids)
            {
                if (status == 204)
                {
                    _ids.UnionWith(AlertId().Matches(lines).Select(m => m.Groups["id"].Value));
                }
                else
                {
                    Refused++;
                }
            }
        }

        request.Response.StatusCode = status;
        request.Response.Close();
    }

    [GeneratedRegex("""\\"id\\":\\"(?<id>[a-z2-7]{26})\\""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AlertId();
}
