using System.Runtime.InteropServices;
using Tidewatch.Benchmarks.Latency;
using Tidewatch.Detection.Detectors;

namespace Tidewatch.Benchmarks.Scale;

/// <summary>The figures as a page of docs/results.</summary>
internal static class ScaleReport
{
    public static string Of(
        int series, double minutes, int partitions, double emptyMegabytes, IReadOnlyList<ScaleSample> samples, double drained, IReadOnlyList<double> latencies, int missing, IReadOnlyList<string> metrics, long redisBytes)
    {
        var (first, last) = (samples[0], samples[^1]);
        var seconds = last.Seconds - first.Seconds;
        var lags = samples.Skip(1).Select(s => (double)s.Lag).Order().ToList();
        var rate = last.Sent / last.Seconds;
        return $"""
            # One detector, {series:N0} series

            Printed by `make bench-scale`: one detector process on a real Kafka and Redis, {series:N0} series in {partitions} partitions, a value a minute each, half judged by the z-score (window {new ZScoreOptions().Window}), half by the hour of the day;
            {minutes:G3} minutes after a history of some values of each series. Broker, Redis, the sender and the detector share {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}; defaults (commits every 250 ms, snapshots every 30 s).

            | | |
            |---|---|
            | observations sent, a second | {rate:N0} |
            | keeps up | {(lags[^1] < rate * 30 && drained < (minutes * 60) + 30 ? "yes" : "no")}: everything committed {drained - (minutes * 60):F1} s after the last was sent |
            | lag, observations, p50 / p99 / largest | {AlertLatency.At(lags, 0.5):N0} / {AlertLatency.At(lags, 0.99):N0} / {lags[^1]:N0} ({lags[^1] / rate:F1} s of input) |
            | from produce to the alert in a read_committed reader's hand, p50 / p99 / largest | {AlertLatency.At(latencies, 0.5):N0} / {AlertLatency.At(latencies, 0.99):N0} / {AlertLatency.At(latencies, 1):N0} ms ({latencies.Count:N0} alerts, {missing} missing) |
            | resident memory, largest | {samples.Max(s => s.Megabytes):N0} MB; {emptyMegabytes:N0} MB without series |
            | memory a series (largest less empty) | {(samples.Max(s => s.Megabytes) - emptyMegabytes) * 1024 * 1024 / series:N0} bytes |
            | snapshots to Redis, bytes a second | {(last.SnapshotBytes - first.SnapshotBytes) / seconds:N0} |
            | Redis memory | {redisBytes / 1e6:N0} MB |
            | processor of the detector, cores | {(last.ProcessorSeconds - first.ProcessorSeconds) / seconds:F2} |
            | series held, as the detector counts them | {ScaleDetector.Value(metrics, "tidewatch_series_active"):N0} |

            """;
    }
}
