using System.Diagnostics.Metrics;

namespace Tidewatch.Kafka.Partitions;

/// <summary>What the loop counts, on the meter <c>Tidewatch</c>.</summary>
public sealed class LoopMetrics(IMeterFactory meters)
{
    private readonly Meter _meter = meters.Create("Tidewatch");
    private Counter<long>? _transactions;
    private Counter<long>? _overdue;
    private Counter<long>? _refused;
    private Counter<long>? _replayed;
    private Counter<long>? _snapshotBytes;
    private Counter<long>? _snapshotFailures;
    private Histogram<double>? _duration;
    private Histogram<double>? _restore;

    public void Transaction(string outcome, TimeSpan duration)
    {
        (_transactions ??= _meter.CreateCounter<long>("txn_total", description: "Transactions by outcome.")).Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        (_duration ??= _meter.CreateHistogram<double>("txn_duration_seconds", "s", "Time from a transaction's first record to its commit.")).Record(duration.TotalSeconds);
    }

    public void Overdue() => (_overdue ??= _meter.CreateCounter<long>("txn_overdue_total", description: "Transactions that reached half of the broker's timeout and were ended then.")).Add(1);

    public void Refused(RefusalReason reason) =>
        (_refused ??= _meter.CreateCounter<long>("refusals_total", description: "Partitions refused, by reason.")).Add(1, new KeyValuePair<string, object?>("reason", Refusal.Name(reason)));

    public void Restored(long replayed, TimeSpan duration)
    {
        (_replayed ??= _meter.CreateCounter<long>("replay_records_total", description: "Records applied in silence to rebuild state.")).Add(replayed);
        (_restore ??= _meter.CreateHistogram<double>("restore_duration_seconds", "s", "Time from assignment to the first live record.")).Record(duration.TotalSeconds);
    }

    public void SnapshotWritten(string tier, long bytes) =>
        (_snapshotBytes ??= _meter.CreateCounter<long>("snapshot_bytes_total", "By", "Snapshot bytes written, by tier.")).Add(bytes, new KeyValuePair<string, object?>("tier", tier));

    public void SnapshotFailed(string tier) =>
        (_snapshotFailures ??= _meter.CreateCounter<long>("snapshot_failures_total", description: "Snapshot reads and writes that failed, by tier.")).Add(1, new KeyValuePair<string, object?>("tier", tier));
}
