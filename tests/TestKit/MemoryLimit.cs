using System.Diagnostics;
using System.Globalization;

namespace Tidewatch.TestKit;

/// <summary>A control group with a bound on memory, for processes that a test starts into it; root only.</summary>
public sealed class MemoryLimit : IDisposable
{
    /// <summary>Why there is none.</summary>
    public const string Missing = "no control group of its own: wants root and a writable memory controller under /sys/fs/cgroup";

    private const string Root = "/sys/fs/cgroup";
    private static readonly bool IsFirstVersion = Directory.Exists($"{Root}/memory");
    private static readonly Lazy<bool> CanMake = new(() =>
    {
        try
        {
            new MemoryLimit(megabytes: 64).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    private readonly string _folder = $"{Root}{(IsFirstVersion ? "/memory" : "")}/tidewatch-{Guid.NewGuid():N}";

    public MemoryLimit(int megabytes)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText($"{_folder}/{(IsFirstVersion ? "memory.limit_in_bytes" : "memory.max")}", $"{megabytes}M");
    }

    /// <summary>Whether this process may make one.</summary>
    public static bool IsThere => CanMake.Value;

    /// <summary>The command that puts the program after it into the group, as the first to be killed.</summary>
    public IReadOnlyList<string> Launcher => ["/bin/sh", "-c", $"echo $$ >{_folder}/cgroup.procs && echo 800 >/proc/self/oom_score_adj && exec \"$0\" \"$@\""];

    /// <summary>Processes that the kernel has killed in it.</summary>
    public int Kills => File.ReadLines($"{_folder}/{(IsFirstVersion ? "memory.oom_control" : "memory.events")}")
        .Where(l => l.StartsWith("oom_kill ", StringComparison.Ordinal)).Select(l => int.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture)).Single();

    /// <summary>A neighbour in the group that wants so much memory; ends by itself or is ended when disposed of.</summary>
    public Process Neighbour(int megabytes) =>
        Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"echo $$ >{_folder}/cgroup.procs && head -c {megabytes}M /dev/zero | tail -c {megabytes}M >/dev/null"]))!;

    /// <summary>Its processes must have ended.</summary>
    public void Dispose() => Directory.Delete(_folder);
}
