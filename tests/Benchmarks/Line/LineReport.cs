using System.Globalization;
using System.Runtime.InteropServices;

namespace Tidewatch.Benchmarks.Line;

/// <summary>The figures as a page of docs/results.</summary>
internal static class LineReport
{
    public static string Of(int count, List<double> copies, List<double> detectors, List<double> peaks, LineLatency latency)
    {
        var (copy, detector) = (LineBenchmark.Median(copies), LineBenchmark.Median(detectors));
        return $"""
            # The thin line

            Printed by `make bench-line`: the whole detector process (z-score profile, {LineBenchmark.Partitions} partitions, {LineBenchmark.Series:N0} series, {count:N0} observations, 250 ms commits,
            snapshots to Redis) on a real Kafka, beside a bare exactly-once copy of the same topic in the same run. Broker, Redis, copy and detector share the machine:
            {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, load average {Load()} at the end. Compare the ratio, not the rates.

            | | median of {copies.Count} rounds | rounds |
            |---|---|---|
            | bare copy, records/s | {copy:N0} | {Rounds(copies)} |
            | detector, observations/s | {detector:N0} | {Rounds(detectors)} |
            | ratio | {detector / copy:F2} | |
            | peak resident memory of the detector, MB | {LineBenchmark.Median(peaks):N0} | {Rounds(peaks)} |

            From produce to the alert in a read_committed reader's hand, at {latency.Rate:N0} observations/s: p50 {latency.P50:N0} ms, p99 {latency.P99:N0} ms
            ({latency.Alerts} alerts of {latency.Sent + latency.Alerts} spikes).

            """;
    }

    private static string Rounds(IEnumerable<double> values) => string.Join(", ", values.Select(v => v.ToString("N0", CultureInfo.InvariantCulture)));

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
