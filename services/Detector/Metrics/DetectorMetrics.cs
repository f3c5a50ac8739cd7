using System.Diagnostics.Metrics;

namespace Tidewatch.Detector.Metrics;

/// <summary>The detector's instruments, shared by its partitions.</summary>
public sealed class DetectorMetrics
{
    public DetectorMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create("Tidewatch");
        Time = time;
        Processed = meter.CreateCounter<long>("points_processed_total", description: "Observations scored in committed transactions.");
        Rejected = meter.CreateCounter<long>("points_rejected_total", description: "Observations not scored, by reason.");
        Alerts = meter.CreateCounter<long>("alerts_emitted_total", description: "Alerts in committed transactions, by severity.");
        Latency = meter.CreateHistogram<double>(
            "detect_latency_seconds", unit: "s", description: "From the append of a transaction's oldest observation to the transaction's commit.");
    }

    internal TimeProvider Time { get; }

    internal Counter<long> Processed { get; }

    internal Counter<long> Rejected { get; }

    internal Counter<long> Alerts { get; }

    internal Histogram<double> Latency { get; }
}
