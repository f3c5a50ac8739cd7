using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tidewatch.TestKit;

/// <summary>A built service as a child process, with settings in its environment; killed at the end. The test project must reference it.</summary>
public abstract class ServiceProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly int _port = FreePort.Next();

    /// <param name="program">File beside the test's own.</param>
    /// <param name="settings">By their names, as <c>Detector:Window</c>.</param>
    /// <param name="launcher">A command that prepares something and then becomes the service, which follows it as further arguments; empty for none.</param>
    protected ServiceProcess(string program, IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> launcher)
    {
        string[] command = [.. launcher, Path.Combine(AppContext.BaseDirectory, program)];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_port}";
        foreach (var (key, value) in settings)
        {
            start.Environment[$"TIDEWATCH_{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>SIGKILL: no farewell to group, transaction or snapshot.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken = default)
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGSTOP: the process stands still, and its connections stay open.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>Names of the parts that are down; null when nobody answers.</summary>
    public async Task<string[]?> DownAsync()
    {
        try
        {
            using var response = await Http.GetAsync($"http://127.0.0.1:{_port}/health");
            return [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("down").EnumerateArray().Select(e => e.GetString()!)];
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Whether the probe (<c>live</c>, <c>ready</c>) answers that all is well.</summary>
    public async Task<bool> IsAsync(string probe)
    {
        try
        {
            using var response = await Http.GetAsync($"http://127.0.0.1:{_port}/health/{probe}");
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>Its wall clock, to the second; null when nobody answers.</summary>
    public async Task<DateTimeOffset?> ClockAsync()
    {
        try
        {
            using var response = await Http.GetAsync($"http://127.0.0.1:{_port}/health/live");
            return response.Headers.Date;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>The product's own metrics, a line each, without buckets.</summary>
    public async Task<string[]> MetricsAsync() =>
        [.. (await Http.GetStringAsync($"http://127.0.0.1:{_port}/metrics")).Split('\n').Where(l => l.StartsWith("tidewatch_", StringComparison.Ordinal) && !l.Contains("_bucket{", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.Add(line ?? "");
        }
    }
}
