namespace Tidewatch.HostAgent.Probes;

/// <summary>Physical memory in use as the runtime sees it: the honest subset on systems without <c>/proc</c>, refreshed at each garbage collection.</summary>
public sealed class PortableMemoryProbe : IProbe
{
    public IEnumerable<Metric> Read()
    {
        var memory = GC.GetGCMemoryInfo();
        return memory.TotalAvailableMemoryBytes > 0 && memory.MemoryLoadBytes > 0
            ? [new("memory.used_percent", 100.0 * memory.MemoryLoadBytes / memory.TotalAvailableMemoryBytes, "percent")]
            : [];
    }
}
