using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Tidewatch.Engine;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Detector.Metrics;

/// <summary>The detector's instruments, shared by its partitions.</summary>
public sealed class DetectorMetrics
{
    private readonly ConcurrentDictionary<InputPartition, SeriesEngine> _engines = new();
    private readonly LoopStatus _status;

    public DetectorMetrics(IMeterFactory meters, TimeProvider time, LoopStatus status)
    {
        _status = status;
        var meter = meters.Create("Tidewatch");
        Time = time;
        Processed = meter.CreateCounter<long>("points_processed_total", description: "Observations scored in committed transactions.");
        Rejected = meter.CreateCounter<long>("points_rejected_total", description: "Observations not scored, by reason.");
        Alerts = meter.CreateCounter<long>("alerts_emitted_total", description: "Alerts in committed transactions, by severity.");
        Corrections = meter.CreateCounter<long>("corrections_applied_total", description: "Corrections applied in committed transactions, by what they say.");
        Latency = meter.CreateHistogram<double>(
            "detect_latency_seconds", unit: "s", description: "From the append of a transaction's oldest observation to the transaction's commit.");
        meter.CreateObservableGauge("series_active", ActiveSeries, description: "Series held by the partitions of this process.");
    }

    internal TimeProvider Time { get; }

    internal Counter<long> Processed { get; }

    internal Counter<long> Rejected { get; }

    internal Counter<long> Alerts { get; }

    internal Counter<long> Corrections { get; }

    internal Histogram<double> Latency { get; }

    /// <summary>Counts the series of <paramref name="engine"/> for as long as this process owns the partition.</summary>
    internal void Track(InputPartition partition, SeriesEngine engine) => _engines[partition] = engine;

    private long ActiveSeries() => _status.Owned.Sum(p => _engines.TryGetValue(p, out var engine) ? engine.SeriesCount : 0L);
}
