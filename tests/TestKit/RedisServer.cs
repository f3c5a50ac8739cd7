namespace Tidewatch.TestKit;

/// <summary>A real Redis with its own port and data, killed at the end: from REDIS_HOME, else a container, else from the PATH.</summary>
public sealed class RedisServer : IDisposable
{
    /// <summary>Why there is none.</summary>
    public const string Missing = "no Redis: install Debian's redis-server, set REDIS_HOME, or start Docker";

    private static readonly Lazy<string?> Found = new(Find);
    private readonly IRedisHost _host;

    /// <param name="settings">Further arguments of redis-server.</param>
    /// <exception cref="InvalidOperationException">There is no Redis; see <see cref="Program"/>.</exception>
    public RedisServer(params string[] settings)
    {
        Port = FreePort.Next();
        string[] all = ["--save", "", "--appendonly", "yes", .. settings];
        if (Program == RedisContainer.Image)
        {
            _host = RedisContainer.Begin(Port, all) ?? throw new InvalidOperationException($"{RedisContainer.Image} started once and does not now");
            return;
        }

        _host = new RedisProcess(Program ?? throw new InvalidOperationException(Missing), Port, all);
        _host.Start();
    }

    /// <summary>What runs: a program's path, or an image's name; null where there is none.</summary>
    public static string? Program => Found.Value;

    public int Port { get; }

    /// <summary>StackExchange.Redis connection string.</summary>
    public string Configuration => $"127.0.0.1:{Port}";

    /// <summary>SIGKILL; what was not yet appended to the log is lost.</summary>
    public void Kill() => _host.Kill();

    /// <summary>Starts it again on the same port and folder.</summary>
    public void Start() => _host.Start();

    public void Dispose() => _host.Dispose();

    private static string? Find()
    {
        var home = Environment.GetEnvironmentVariable("REDIS_HOME");
        var program = string.IsNullOrEmpty(home) ? null : new[] { "redis-server", "bin/redis-server" }.Select(file => Path.Combine(home, file)).FirstOrDefault(File.Exists);
        if (program is null)
        {
            using var container = RedisContainer.Begin(FreePort.Next(), []);
            program = container is null ? OnPath() : RedisContainer.Image;
        }

        Console.WriteLine($"Redis: {program ?? "none"}");
        return program;
    }

    private static string? OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);
}
