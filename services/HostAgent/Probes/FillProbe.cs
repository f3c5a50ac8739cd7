namespace Tidewatch.HostAgent.Probes;

/// <summary>How full each local file system is, on every operating system.</summary>
public sealed class FillProbe(Func<IEnumerable<FileSystem>> list) : IProbe
{
    public FillProbe()
        : this(FileSystem.List)
    {
    }

    public IEnumerable<Metric> Read() => list()
        .Where(f => f.TotalBytes > 0)
        .OrderBy(f => f.Mount.Length).ThenBy(f => f.Mount, StringComparer.Ordinal)
        // A file system mounted in several places (bind mounts of containers) is one.
        .DistinctBy(f => (f.TotalBytes, f.FreeBytes))
        .Select(f => new Metric($"filesystem.{Named(f.Mount)}.used_percent", 100.0 * (f.TotalBytes - f.FreeBytes) / f.TotalBytes, "percent"));

    private static string Named(string mount) =>
        mount.Trim('/', '\\', ':').Replace('/', '-').Replace('\\', '-') is { Length: > 0 } name ? name : "root";
}
