using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts;
using Tidewatch.HostAgent.Probes;
using Tidewatch.Kafka.Sources;

namespace Tidewatch.HostAgent.Sources;

/// <summary>This machine's metrics as series <c>hosts/&lt;name&gt;/&lt;metric&gt;</c>, the unit as an attribute.</summary>
public sealed class HostSource : ISource
{
    private readonly HostAgentOptions _options;
    private readonly TimeProvider _time;
    private readonly string _host;
    private readonly IReadOnlyList<IProbe> _probes;
    private volatile string? _trouble;

    public HostSource(IOptions<HostAgentOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _host = _options.Name.Length > 0 ? _options.Name : Environment.MachineName;
        _probes = [.. Probes(new ProcFolder(_options.ProcPath), Names(_options.ExcludeInterfaces), Names(_options.ExcludeDisks), time)];
    }

    public string Name => "host";

    public string? Trouble => _trouble;

    public async IAsyncEnumerable<SourcedObservation> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!_options.Enabled)
        {
            yield break;
        }

        using var timer = new PeriodicTimer(_options.Interval, _time);
        do
        {
            var now = _time.GetUtcNow();
            foreach (var metric in Sample())
            {
                yield return new("hosts", new Observation
                {
                    Series = $"hosts/{_host}/{metric.Name}",
                    Time = now,
                    Value = metric.Value,
                    Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = _host, ["unit"] = metric.Unit },
                });
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>One reading of every probe; one that cannot be read is this source's trouble until it can.</summary>
    public IReadOnlyList<Metric> Sample()
    {
        var (metrics, troubles) = (new List<Metric>(), new List<string>());
        foreach (var probe in _probes)
        {
            try
            {
                metrics.AddRange(probe.Read().Where(m => double.IsFinite(m.Value)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                troubles.Add($"{probe.GetType().Name} cannot read: {e.Message}");
            }
        }

        _trouble = troubles.Count == 0 ? null : string.Join("; ", troubles);
        return metrics;
    }

    private static IEnumerable<IProbe> Probes(ProcFolder proc, string[] interfaces, string[] disks, TimeProvider time)
    {
        yield return new FillProbe();
        if (!proc.Exists)
        {
            yield return new PortableMemoryProbe();
            yield return new NetworkProbe(NetworkProbe.FromSystem, interfaces, time);
            yield break;
        }

        yield return new CpuProbe(proc);
        yield return new MemoryProbe(proc);
        yield return new LoadProbe(proc);
        yield return new NetworkProbe(() => NetworkProbe.FromProc(proc), interfaces, time);
        if (proc.Has("diskstats"))
        {
            yield return new DiskProbe(proc, disks, time);
        }
    }

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
