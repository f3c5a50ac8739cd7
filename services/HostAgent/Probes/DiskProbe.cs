using System.Globalization;

namespace Tidewatch.HostAgent.Probes;

/// <summary>Bytes read and written and busy time of each whole disk, from <c>/proc/diskstats</c> (kernel: admin-guide/iostats).</summary>
public sealed class DiskProbe(ProcFolder proc, IReadOnlyList<string> excluded, TimeProvider time) : IProbe
{
    // The kernel counts sectors of 512 bytes whatever the device's own sector is.
    private const double SectorBytes = 512;
    private readonly CounterRates _rates = new(time);

    public IEnumerable<Metric> Read()
    {
        var disks = proc.Rows("diskstats").Where(r => r.Length >= 14 && !excluded.Any(e => r[2].StartsWith(e, StringComparison.Ordinal))).ToList();
        var names = disks.Select(r => r[2]).ToHashSet(StringComparer.Ordinal);
        foreach (var row in disks.Where(r => !IsPartition(r[2], names)))
        {
            var name = row[2];
            if (Rate(name, row, 5) is { } read)
            {
                yield return new($"disk.{name}.read_bytes_per_second", read * SectorBytes, "bytes_per_second");
            }

            if (Rate(name, row, 9) is { } written)
            {
                yield return new($"disk.{name}.written_bytes_per_second", written * SectorBytes, "bytes_per_second");
            }

            if (Rate(name, row, 12) is { } busyMs)
            {
                yield return new($"disk.{name}.busy_percent", Math.Min(100, busyMs / 10), "percent");
            }
        }
    }

    private double? Rate(string disk, string[] row, int column) =>
        double.TryParse(row[column], CultureInfo.InvariantCulture, out var count) ? _rates.PerSecond($"{disk}/{column}", count) : null;

    /// <summary><c>sda1</c> beside <c>sda</c>, <c>nvme0n1p2</c> beside <c>nvme0n1</c>.</summary>
    private static bool IsPartition(string name, HashSet<string> names)
    {
        var stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return stem.Length < name.Length && (names.Contains(stem) || (stem.EndsWith('p') && names.Contains(stem[..^1])));
    }
}
