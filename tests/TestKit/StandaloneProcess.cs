using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Tidewatch.TestKit;

/// <summary>The built one-process form as a child on a free port. The test project must reference services/Standalone.</summary>
public sealed class StandaloneProcess : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private StandaloneProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Keep(_output, e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(_errors, e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public required Uri Page { get; init; }

    public required string Folder { get; init; }

    public HttpClient Client { get; } = new();

    /// <summary>Lines of standard output so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Lines of standard error so far.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Starts it with alerts into <paramref name="folder"/> and, if given, a file to replay.</summary>
    public static StandaloneProcess Start(string folder, string? data = null, int? port = null, params (string Key, string Value)[] settings)
    {
        var page = new Uri($"http://127.0.0.1:{port ?? FreePort.Next()}/");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Tidewatch.Standalone"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder,
        };
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("TIDEWATCH_", StringComparison.Ordinal) || k.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["ASPNETCORE_URLS"] = page.ToString().TrimEnd('/');
        start.Environment["TIDEWATCH_Output__Folder"] = folder;
        if (data is not null)
        {
            start.Environment["TIDEWATCH_Generator__Replay__Path"] = data;
        }

        foreach (var (key, value) in settings)
        {
            start.Environment[$"TIDEWATCH_{key}"] = value;
        }

        var process = new StandaloneProcess(start) { Page = page, Folder = folder };
        process.Client.BaseAddress = page;
        return process;
    }

    /// <summary>Returns when every part is up; throws, with the last answer and the output, when that takes longer than <paramref name="patience"/>.</summary>
    public async Task HealthyAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var last = "";
        await UntilAsync(async () =>
        {
            try
            {
                using var answer = await Client.GetAsync("health", cancellationToken);
                last = await answer.Content.ReadAsStringAsync(cancellationToken);
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException e)
            {
                last = e.Message;
                return false;
            }
        }, patience, () => $"not healthy: {last}", cancellationToken);
    }

    /// <summary>Polls until <paramref name="condition"/> holds; throws when the process ends before or patience does.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, TimeSpan patience, Func<string> failure, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); !await condition();)
        {
            if (_process.HasExited || waited.Elapsed > patience)
            {
                throw new TimeoutException($"{failure()}; {(_process.HasExited ? $"the process ended with {_process.ExitCode}" : $"waited {patience}")}\n{string.Join('\n', _output)}\n{string.Join('\n', _errors)}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>SIGTERM; the exit code, or null when it has not ended within <paramref name="patience"/>.</summary>
    public async Task<int?> TerminateAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(cancellationToken);
        }

        return await EndAsync(patience, cancellationToken);
    }

    /// <summary>Waits for the end; the exit code, or null when it does not come within <paramref name="patience"/>.</summary>
    public async Task<int?> EndAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Client.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
