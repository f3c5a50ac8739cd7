using System.Diagnostics;
using System.Net.Http.Json;

namespace Tidewatch.TestKit;

/// <summary>A toxiproxy-server on loopback: connections that pass through it can be cut, slowed or swallowed.</summary>
/// <remarks>Looked for in <c>TOXIPROXY_HOME</c> (<c>toxiproxy-server</c> in it), then as <c>peers/bin/peer</c> in the folder of <c>SERVERS</c>.</remarks>
public sealed class NetworkProxy : IAsyncDisposable
{
    /// <summary>Why there is none.</summary>
    public const string Missing = "no toxiproxy-server: set TOXIPROXY_HOME, or SERVERS to a folder with peers/bin/peer";

    private readonly Process _process;
    private readonly HttpClient _http;

    private NetworkProxy(Process process, int port)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    private static string? Peer => ServerFolder.Find("TOXIPROXY_HOME", "peers", "bin/peer");

    private static string? Own => ServerFolder.Find("TOXIPROXY_HOME", "toxiproxy", "toxiproxy-server");

    public static bool IsThere => Peer is not null || Own is not null;

    /// <summary>Throws where there is none.</summary>
    public static async Task<NetworkProxy> StartAsync()
    {
        var port = FreePort.Next();
        string[] arguments = ["-host", "127.0.0.1", "-port", $"{port}"];
        var start = Own is { } own ? new ProcessStartInfo(own, arguments) : new ProcessStartInfo(Peer ?? throw new InvalidOperationException(Missing), ["toxiproxy-server", .. arguments]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var proxy = new NetworkProxy(process, port);
        for (var deadline = Stopwatch.StartNew(); !await proxy.AnswersAsync(); await Task.Delay(50))
        {
            if (process.HasExited || deadline.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new InvalidOperationException("toxiproxy-server did not start");
            }
        }

        return proxy;
    }

    /// <summary>Lets connections to <paramref name="port"/> pass on to <paramref name="target"/>.</summary>
    public Task AddAsync(string name, int port, int target) =>
        SendAsync("/proxies", new { name, listen = $"127.0.0.1:{port}", upstream = $"127.0.0.1:{target}", enabled = true });

    /// <summary>Closes every connection and refuses new ones.</summary>
    public Task CutAsync(string name) => SendAsync($"/proxies/{name}", new { enabled = false });

    /// <summary>Takes every fault away.</summary>
    public Task HealAsync() => SendAsync("/reset", new { });

    /// <summary>A fault of toxiproxy's own kinds (<c>latency</c>, <c>bandwidth</c>, <c>timeout</c>, <c>reset_peer</c>, <c>slicer</c>).</summary>
    /// <param name="name">Of the connection.</param>
    /// <param name="type">Of the fault.</param>
    /// <param name="attributes">Of the kind.</param>
    /// <param name="direction"><c>upstream</c> to the server, <c>downstream</c> from it; null for both.</param>
    public async Task DisturbAsync(string name, string type, object attributes, string? direction = null)
    {
        foreach (var stream in direction is null ? new[] { "upstream", "downstream" } : [direction])
        {
            await SendAsync($"/proxies/{name}/toxics", new { name = $"{type}_{stream}", type, stream, toxicity = 1.0, attributes });
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private async Task SendAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"toxiproxy {path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await _http.GetAsync("/version")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
