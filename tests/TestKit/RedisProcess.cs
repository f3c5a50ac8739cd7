using System.Diagnostics;

namespace Tidewatch.TestKit;

/// <summary>A redis-server as a process with a folder of its own.</summary>
internal sealed class RedisProcess(string program, int port, string[] settings) : IRedisHost
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidewatch-redis-").FullName;
    private Process? _process;

    public void Start()
    {
        var log = Path.Combine(_folder, "log");
        _process = Process.Start(new ProcessStartInfo(program, ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", _folder, "--logfile", log, .. settings]))!;
        for (var deadline = Stopwatch.StartNew(); !Connection.Holds(port); Thread.Sleep(20))
        {
            if (_process.HasExited || deadline.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new InvalidOperationException($"redis-server did not start: {File.ReadAllText(log)}");
            }
        }
    }

    public void Kill()
    {
        if (_process is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
    }
}
