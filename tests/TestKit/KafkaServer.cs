using System.Diagnostics;

namespace Tidewatch.TestKit;

/// <summary>A real Kafka as processes of this machine, whose brokers a test may stop and kill: from the jars of KAFKA_HOME, else of the optional folder of ready servers.</summary>
public sealed class KafkaServer : IKafkaServer
{
    private const int ControllerOffset = 1_000;
    private const int InnerOffset = 2_000;

    private static readonly Lazy<IKafkaServer?> SharedServer = new(() =>
    {
        var server = Script is { } script ? new KafkaServer(script) : (IKafkaServer?)KafkaContainer.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server?.Dispose();
        return server;
    });

    private readonly string _script;
    private readonly string[] _start;
    private readonly string _folder;

    /// <summary>Starts a cluster of its own.</summary>
    public KafkaServer(string script, int brokers = 1, params string[] settings)
        : this(script, Temporary(), brokers, FreePorts(brokers), [.. settings.SelectMany(s => new[] { "--set", s })])
    {
    }

    private KafkaServer(string script, string folder, int brokers, int port, string[] more)
    {
        (_script, _folder, Brokers, BasePort) = (script, folder, brokers, port);
        _start = ["start", "--dir", _folder, "--port", $"{port}", "--brokers", $"{brokers}", .. more];
        BootstrapServers = Started();
        Console.WriteLine($"Kafka: {Home} at {BootstrapServers}");
    }

    /// <summary>Brokers from <paramref name="port"/> on, each with another listener (<see cref="Inner"/>) that sends its clients to <paramref name="proxy"/> and the ports after it, where proxies stand.</summary>
    public static KafkaServer BehindProxy(string script, int brokers, int port, int proxy) =>
        new(script, Temporary(), brokers, port, ["--proxy", $"{proxy}"]);

    /// <summary>One broker with its data in <paramref name="folder"/>, which is made, and deleted at the end.</summary>
    public static KafkaServer In(string folder, string script) => new(script, folder, 1, FreePorts(1), []);

    /// <summary>The first of the ports that so many brokers need: their own, their controllers' and those behind proxies.</summary>
    public static int FreePorts(int brokers) => FreePort.Row(brokers, ControllerOffset, InnerOffset);

    /// <summary>The port that the proxy before a broker passes on to, where brokers start from <paramref name="port"/> on.</summary>
    public static int Inner(int port, int broker) => port + InnerOffset + broker - 1;

    /// <summary>Why there is no shared server.</summary>
    public const string Missing = "no Kafka: set KAFKA_HOME to an unpacked Apache Kafka 4 or SERVERS to a folder of ready servers (both need Java 17), or start Docker";

    /// <summary>The assembly's server, started on first use: processes of this machine, else a container; null where none can be.</summary>
    public static IKafkaServer? Shared => SharedServer.Value;

    /// <summary>The script that starts and stops brokers; null where there are no jars to start.</summary>
    public static string? Script => Home is null ? null : ServerFolder.InRepository("infra/kafka.sh");

    private static string? Home => ServerFolder.Find("KAFKA_HOME", "kafka", "bin/kafka-server-start.sh") ?? ServerFolder.Find("KAFKA_HOME", "kafka", "bin/kafka-local");

    public int Brokers { get; }

    public int BasePort { get; }

    public string BootstrapServers { get; }

    /// <summary>Stops one broker, with SIGKILL if asked, and starts it again.</summary>
    public void Restart(int broker = 1, bool kill = false) => Run(["restart", "--dir", _folder, "--broker", $"{broker}", .. kill ? new[] { "--kill" } : []]);

    public void Stop(int broker, bool kill = false) => Run(["stop", "--dir", _folder, "--broker", $"{broker}", .. kill ? new[] { "--kill" } : []]);

    /// <summary>Starts every broker that stands still.</summary>
    public void Start() => Run(_start);

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

    /// <summary>Starts every broker and gives their addresses; where one does not come up, the others are ended with it.</summary>
    private string Started()
    {
        try
        {
            Start();
            return File.ReadAllText(Path.Combine(_folder, "bootstrap")).Trim();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private static string Temporary() => Directory.CreateTempSubdirectory("tidewatch-kafka-").FullName;

    private string Run(IEnumerable<string> arguments)
    {
        var log = Path.GetTempFileName();
        try
        {
            // The server inherits the output: a pipe would stay open for as long as it lives.
            var start = new ProcessStartInfo("/bin/bash", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", log, _script, .. arguments]);
            start.Environment["SERVERS"] = ServerFolder.Root;
            using var process = Process.Start(start)!;
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
