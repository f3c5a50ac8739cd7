using System.Globalization;

namespace Tidewatch.HostAgent.Probes;

/// <summary>Share of processor time over all processors, from <c>/proc/stat</c> (proc(5)): in all, and per state.</summary>
public sealed class CpuProbe(ProcFolder proc) : IProbe
{
    // Guest time, the ninth and tenth column, is already in user and nice.
    private static readonly string[] States = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"];
    private const int Idle = 3;
    private const int IoWait = 4;
    private double[]? _last;

    public IEnumerable<Metric> Read()
    {
        var row = proc.Rows("stat").FirstOrDefault(r => r.Length > States.Length && r[0] is "cpu");
        if (row is null)
        {
            throw new IOException("stat has no line 'cpu' with eight states");
        }

        var now = row.Skip(1).Take(States.Length).Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        var last = _last;
        _last = now;
        return last is null ? [] : Shares(last, now);
    }

    private static IEnumerable<Metric> Shares(double[] last, double[] now)
    {
        // The kernel lets idle and iowait fall a little now and then; a total that falls is a reset.
        if (now.Sum() <= last.Sum())
        {
            yield break;
        }

        var ticks = now.Zip(last, (n, l) => Math.Max(0, n - l)).ToArray();
        var total = ticks.Sum();
        yield return new("cpu.utilization", 100 * (total - ticks[Idle] - ticks[IoWait]) / total, "percent");
        for (var i = 0; i < States.Length; i++)
        {
            yield return new($"cpu.{States[i]}", 100 * ticks[i] / total, "percent");
        }
    }
}
