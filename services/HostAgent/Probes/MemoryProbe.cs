using System.Globalization;

namespace Tidewatch.HostAgent.Probes;

/// <summary>Memory and swap from <c>/proc/meminfo</c>.</summary>
public sealed class MemoryProbe(ProcFolder proc) : IProbe
{
    private const double Kibi = 1024;

    public IEnumerable<Metric> Read()
    {
        var fields = proc.Rows("meminfo").Where(r => r.Length >= 2).ToDictionary(r => r[0].TrimEnd(':'), r => r[1], StringComparer.Ordinal);
        double Bytes(string field) => fields.TryGetValue(field, out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var kib)
            ? kib * Kibi
            : throw new IOException($"meminfo has no {field}");
        var (total, available) = (Bytes("MemTotal"), Bytes("MemAvailable"));
        yield return new("memory.used_percent", 100 * (total - available) / total, "percent");
        yield return new("memory.available_bytes", available, "bytes");
        yield return new("memory.cached_bytes", Bytes("Cached"), "bytes");
        if (Bytes("SwapTotal") is > 0 and var swap)
        {
            yield return new("swap.used_percent", 100 * (swap - Bytes("SwapFree")) / swap, "percent");
        }
    }
}
