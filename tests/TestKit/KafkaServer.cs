using System.Diagnostics;

namespace Tidewatch.TestKit;

/// <summary>A real Kafka for one test assembly: from KAFKA_HOME, else from the optional folder of ready servers.</summary>
public sealed class KafkaServer : IDisposable
{
    private static readonly Lazy<KafkaServer?> SharedServer = new(() =>
    {
        var server = Script is { } script ? new KafkaServer(script) : null;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server?.Dispose();
        return server;
    });

    private readonly string _script;
    private readonly string _folder = Directory.CreateTempSubdirectory("tidewatch-kafka-").FullName;

    /// <summary>Starts a cluster of its own.</summary>
    public KafkaServer(string script, int brokers = 1, params string[] settings)
    {
        _script = script;
        Brokers = brokers;
        BasePort = FreePort.Next();
        Run(["start", "--dir", _folder, "--port", $"{BasePort}", "--brokers", $"{brokers}", .. settings.SelectMany(s => new[] { "--set", s })]);
        BootstrapServers = File.ReadAllText(Path.Combine(_folder, "bootstrap")).Trim();
        Console.WriteLine($"Kafka: {script} at {BootstrapServers}");
    }

    /// <summary>Why there is no shared server.</summary>
    public const string Missing = "no Kafka: set KAFKA_HOME, or SERVERS to a folder with kafka/bin/kafka-local; needs Java 17";

    /// <summary>The assembly's server, started on first use; null where none can be.</summary>
    public static KafkaServer? Shared => SharedServer.Value;

    public static string? Script => ServerFolder.Find("KAFKA_HOME", "kafka", "bin/kafka-local");

    public int Brokers { get; }

    public int BasePort { get; }

    public string BootstrapServers { get; }

    /// <summary>Stops one broker, with SIGKILL if asked, and starts it again.</summary>
    public void Restart(int broker = 1, bool kill = false) => Run(["restart", "--dir", _folder, "--broker", $"{broker}", .. kill ? new[] { "--kill" } : []]);

    public void Stop(int broker, bool kill = false) => Run(["stop", "--dir", _folder, "--broker", $"{broker}", .. kill ? new[] { "--kill" } : []]);

    /// <summary>Runs one of Kafka's own tools and gives its output.</summary>
    public string Tool(params string[] arguments) => Run(["run", .. arguments]);

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Run(["stop", "--dir", _folder, "--kill"]);
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string Run(IEnumerable<string> arguments)
    {
        var log = Path.GetTempFileName();
        try
        {
            // The server inherits the output: a pipe would stay open for as long as it lives.
            using var process = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", log, _script, .. arguments]))!;
            process.WaitForExit();
            var output = File.ReadAllText(log);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{_script} {string.Join(' ', arguments)}: {output}");
        }
        finally
        {
            File.Delete(log);
        }
    }
}
