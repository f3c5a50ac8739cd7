using System.Globalization;

namespace Tidewatch.HostAgent.Probes;

/// <summary>Runnable tasks, averaged over 1, 5 and 15 minutes, from <c>/proc/loadavg</c>.</summary>
public sealed class LoadProbe(ProcFolder proc) : IProbe
{
    private static readonly string[] Names = ["load.1m", "load.5m", "load.15m"];

    public IEnumerable<Metric> Read()
    {
        var row = proc.Rows("loadavg").FirstOrDefault(r => r.Length >= Names.Length) ?? throw new IOException("loadavg has no three averages");
        return Names.Select((name, i) => new Metric(name, double.Parse(row[i], CultureInfo.InvariantCulture), "tasks"));
    }
}
