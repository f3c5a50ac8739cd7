using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace Tidewatch.TestKit;

/// <summary>A real InfluxDB 2 on loopback with a fresh folder, set up with organisation, bucket and token; ended by its pid.</summary>
/// <remarks>Looked for in <c>INFLUXDB_HOME</c> (an unpacked release: <c>influxd</c> in it or in its <c>bin</c>), then in the folder of <c>SERVERS</c>.</remarks>
public sealed class InfluxServer : IAsyncDisposable
{
    public const string Org = "tidewatch";
    public const string Bucket = "anomalies";
    public const string Token = "tidewatch-token";

    /// <summary>Why there is none.</summary>
    public const string Missing = "no InfluxDB 2: set INFLUXDB_HOME or SERVERS";

    private const string Script = "influx-local";
    private readonly string _folder;
    private readonly string _program;
    private Process? _process;

    private InfluxServer(string program, string folder)
    {
        _program = program;
        _folder = folder;
        Port = FreePort.Next();
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    public static bool IsThere => Find() is not null;

    /// <summary>Null, when no InfluxDB 2 is found; the place is printed otherwise.</summary>
    /// <param name="folder">Where its data is to be, which is deleted at the end; null for a temporary folder.</param>
    public static async Task<InfluxServer?> StartAsync(string? folder = null)
    {
        if (Find() is not { } program)
        {
            return null;
        }

        Console.WriteLine($"InfluxDB: {program}");
        var server = new InfluxServer(program, folder ?? Directory.CreateTempSubdirectory("tidewatch-influx-").FullName);
        await server.BeginAsync();
        return server;
    }

    /// <summary>Ends the server; its port and data stay for <see cref="BeginAsync"/>.</summary>
    public async Task StopAsync()
    {
        if (Path.GetFileName(_program) == Script)
        {
            await RunAsync("stop", "--dir", _folder);
        }

        _process?.Kill();
    }

    /// <summary>Starts the server on its port and data.</summary>
    public async Task BeginAsync()
    {
        if (Path.GetFileName(_program) == Script)
        {
            await RunAsync("start", "--dir", _folder, "--port", Port.ToString(CultureInfo.InvariantCulture), "--org", Org, "--bucket", Bucket, "--token", Token);
            return;
        }

        _process = Process.Start(new ProcessStartInfo(_program)
        {
            ArgumentList =
            {
                "--bolt-path", Path.Combine(_folder, "influxd.bolt"), "--sqlite-path", Path.Combine(_folder, "influxd.sqlite"), "--engine-path", Path.Combine(_folder, "engine"),
                "--http-bind-address", $"127.0.0.1:{Port}", "--reporting-disabled", "--log-level", "error",
            },
        });
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        for (var deadline = Stopwatch.StartNew(); !await IsUpAsync(http); await Task.Delay(100))
        {
            if (deadline.Elapsed > TimeSpan.FromSeconds(60))
            {
                throw new TimeoutException($"{_program} did not come up");
            }
        }

        // A second set-up of the same data is refused with 422, which is fine here.
        await http.PostAsJsonAsync("/api/v2/setup", new { username = "admin", password = "tidewatch-admin", org = Org, bucket = Bucket, token = Token });
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> IsUpAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("/health")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string? Find() =>
        new[] { "influxd", "bin/influxd", "usr/bin/influxd", $"bin/{Script}" }.Select(file => ServerFolder.Find("INFLUXDB_HOME", "influxdb", file)).FirstOrDefault(found => found is not null);

    private async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(_program, arguments))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{_program} {arguments[0]} ended with {process.ExitCode}");
        }
    }
}
