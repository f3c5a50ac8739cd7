using System.Diagnostics;

namespace Tidewatch.TestKit;

/// <summary>A real PostgreSQL of Debian with its own folder and port, stopped at the end. It refuses to run as root: then it runs as the user postgres.</summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>Why there is none.</summary>
    public const string Missing = "no PostgreSQL: install Debian's postgresql";

    private readonly string _folder = Directory.CreateTempSubdirectory("tidewatch-postgres-").FullName;

    public PostgresServer()
    {
        Port = FreePort.Next();
        Run("chmod", "0777", _folder);
        As("initdb", "-D", Data, "-A", "trust", "-U", "tidewatch", "--no-sync", "-E", "UTF8", "--locale=C");
        As("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off", "start");
    }

    public int Port { get; }

    /// <summary>The database every cluster has.</summary>
    public string Place => $"postgresql://tidewatch@127.0.0.1:{Port}/postgres";

    /// <summary>Folder of the newest version's programs; null where there is none.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose()
    {
        As("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static void As(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        if (Environment.UserName is "root")
        {
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        // The server keeps the pipes of the program that started it: nothing is read from them.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", program, program, .. arguments]) { WorkingDirectory = "/", UseShellExecute = false })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }
}
