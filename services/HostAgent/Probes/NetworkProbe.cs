using System.Globalization;
using System.Net.NetworkInformation;

namespace Tidewatch.HostAgent.Probes;

/// <summary>Bytes received and sent by each interface: from <c>/proc/net/dev</c>, else from the operating system's own statistics.</summary>
public sealed class NetworkProbe(Func<IEnumerable<(string Name, double Received, double Sent)>> counters, IReadOnlyList<string> excluded, TimeProvider time) : IProbe
{
    private readonly CounterRates _rates = new(time);

    public static IEnumerable<(string Name, double Received, double Sent)> FromProc(ProcFolder proc)
    {
        foreach (var row in proc.Rows("net/dev"))
        {
            // Wide counters may touch the colon: "eth0:123".
            var fields = string.Join(' ', row).Split([':', ' '], StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 17
                && double.TryParse(fields[1], CultureInfo.InvariantCulture, out var received)
                && double.TryParse(fields[9], CultureInfo.InvariantCulture, out var sent))
            {
                yield return (fields[0], received, sent);
            }
        }
    }

    public static IEnumerable<(string Name, double Received, double Sent)> FromSystem() =>
        from nic in NetworkInterface.GetAllNetworkInterfaces()
        where nic.OperationalStatus == OperationalStatus.Up && nic.NetworkInterfaceType != NetworkInterfaceType.Loopback
        let statistics = nic.GetIPStatistics()
        select (nic.Name, (double)statistics.BytesReceived, (double)statistics.BytesSent);

    public IEnumerable<Metric> Read()
    {
        foreach (var (name, received, sent) in counters().Where(c => !excluded.Any(e => c.Name.StartsWith(e, StringComparison.Ordinal))))
        {
            if (_rates.PerSecond($"{name}/rx", received) is { } rx)
            {
                yield return new($"network.{name}.rx_bytes_per_second", rx, "bytes_per_second");
            }

            if (_rates.PerSecond($"{name}/tx", sent) is { } tx)
            {
                yield return new($"network.{name}.tx_bytes_per_second", tx, "bytes_per_second");
            }
        }
    }
}
