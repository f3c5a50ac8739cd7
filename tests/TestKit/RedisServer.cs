using System.Diagnostics;
using System.Net.Sockets;

namespace Tidewatch.TestKit;

/// <summary>A real redis-server with its own folder and port, killed at the end: from REDIS_HOME, else from the PATH.</summary>
public sealed class RedisServer : IDisposable
{
    /// <summary>Why there is none.</summary>
    public const string Missing = "no redis-server: install Debian's redis-server, or set REDIS_HOME";

    private readonly string _folder = Directory.CreateTempSubdirectory("tidewatch-redis-").FullName;
    private readonly string[] _settings;
    private Process _process;

    public RedisServer(params string[] settings)
    {
        _settings = settings;
        Port = FreePort.Next();
        _process = Launch();
    }

    /// <summary>The program's path; null where there is none.</summary>
    public static string? Program { get; } = Folders().Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    public int Port { get; }

    /// <summary>StackExchange.Redis connection string.</summary>
    public string Configuration => $"127.0.0.1:{Port}";

    /// <summary>SIGKILL; what was not yet appended to the log is lost.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Starts it again on the same port and folder.</summary>
    public void Start() => _process = Launch();

    public void Dispose()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<string> Folders()
    {
        var home = Environment.GetEnvironmentVariable("REDIS_HOME");
        return [.. string.IsNullOrEmpty(home) ? Array.Empty<string>() : [Path.Combine(home, "bin")], .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')];
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo(Program!, ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder, "--save", "", "--appendonly", "yes", "--logfile", Path.Combine(_folder, "log"), .. _settings]);
        var process = Process.Start(start)!;
        for (var deadline = Stopwatch.StartNew(); !Answers(); Thread.Sleep(20))
        {
            if (process.HasExited || deadline.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new InvalidOperationException($"redis-server did not start: {File.ReadAllText(Path.Combine(_folder, "log"))}");
            }
        }

        return process;
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            client.GetStream().Write("PING\r\n"u8);
            return client.GetStream().ReadByte() == '+';
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
