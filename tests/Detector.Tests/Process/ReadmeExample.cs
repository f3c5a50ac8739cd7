using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Tidewatch.TestKit;

namespace Tidewatch.Detector.Tests.Process;

/// <summary>A program out of README.md, run as a reader would run it, but for the names of broker, topic and group.</summary>
internal sealed class ReadmeExample : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly System.Diagnostics.Process _process;

    /// <param name="fence">Language after the three backticks.</param>
    /// <param name="file">What the text is saved as.</param>
    /// <param name="command">Shell command that sets it up and runs it.</param>
    /// <param name="bootstrapServers">In place of <c>localhost:9092</c>.</param>
    /// <param name="topic">In place of <c>tidewatch.alerts.v1</c>.</param>
    public ReadmeExample(string fence, string file, string command, string bootstrapServers, string topic)
    {
        var readme = File.ReadAllText(ServerFolder.InRepository("README.md")!);
        var text = Regex.Match(readme, $"```{fence}\n(.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking).Value.Split('\n')[1..^1];
        File.WriteAllText(
            Path.Combine(_folder.Path, file),
            string.Join('\n', text).Replace("localhost:9092", bootstrapServers, StringComparison.Ordinal).Replace("tidewatch.alerts.v1", topic, StringComparison.Ordinal).Replace("my-pager", $"my-pager-{fence}", StringComparison.Ordinal));
        _process = new System.Diagnostics.Process
        {
            StartInfo = new ProcessStartInfo("/bin/bash", ["-c", command]) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false },
        };
        _process.OutputDataReceived += (_, e) => _output.Enqueue(e.Data ?? "");
        _process.ErrorDataReceived += (_, e) => _output.Enqueue(e.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Lines of both outputs so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The lines that say an alert opened, once there are as many or the time is up.</summary>
    public async Task<List<string>> AlertsAsync(int count, TimeSpan atMost)
    {
        for (var began = Stopwatch.StartNew(); began.Elapsed < atMost && !_process.HasExited && Opened().Count < count;)
        {
            await Task.Delay(100);
        }

        return Opened();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private List<string> Opened() => [.. _output.Where(l => l.StartsWith("io.tidewatch.anomaly.opened.v1 {", StringComparison.Ordinal))];
}
