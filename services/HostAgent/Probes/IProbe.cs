namespace Tidewatch.HostAgent.Probes;

/// <summary>Reads one part of the host. Remembers the counters of the last reading, so rates begin with the second one.</summary>
public interface IProbe
{
    /// <summary>The measures now. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when the system does not give them.</summary>
    IEnumerable<Metric> Read();
}
