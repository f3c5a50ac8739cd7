using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Tidewatch.Kafka.Partitions;

/// <summary>What the loop counts, on the meter <c>Tidewatch</c>.</summary>
public sealed class LoopMetrics(IMeterFactory meters)
{
    private readonly Meter _meter = meters.Create("Tidewatch");
    private readonly ConcurrentDictionary<InputPartition, double> _headroom = new();
    private ObservableGauge<double>? _headroomGauge;
    private ObservableGauge<int>? _withoutOwnerGauge;
    private volatile int _withoutOwner;
    private Counter<long>? _sharedOut;
    private Counter<long>? _transactions;
    private Counter<long>? _overdue;
    private Counter<long>? _lost;
    private Counter<long>? _refused;
    private Counter<long>? _replayed;
    private Counter<long>? _snapshotBytes;
    private Counter<long>? _snapshotFailures;
    private Histogram<double>? _duration;
    private Histogram<double>? _restore;
    private Histogram<double>? _pause;

    public void Transaction(string outcome, TimeSpan duration)
    {
        (_transactions ??= _meter.CreateCounter<long>("txn_total", description: "Transactions by outcome.")).Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        (_duration ??= _meter.CreateHistogram<double>("txn_duration_seconds", "s", "Time from a transaction's first record to its commit.")).Record(duration.TotalSeconds);
    }

    public void Overdue() => (_overdue ??= _meter.CreateCounter<long>("txn_overdue_total", description: "Transactions that reached half of the broker's timeout and were ended then.")).Add(1);

    public void Lost() => (_lost ??= _meter.CreateCounter<long>("sessions_lost_total", description: "Times that the loop dropped its state and began again.")).Add(1);

    public void Refused(RefusalReason reason) =>
        (_refused ??= _meter.CreateCounter<long>("refusals_total", description: "Partitions refused, by reason.")).Add(1, new KeyValuePair<string, object?>("reason", Refusal.Name(reason)));

    /// <summary>How far retention is from what a replay needs, 0 to 1; null when the partition is not this process's any more.</summary>
    public void Headroom(InputPartition partition, double? ratio)
    {
        if (ratio is { } known)
        {
            _headroom[partition] = known;
            _headroomGauge ??= _meter.CreateObservableGauge(
                "retention_headroom_ratio", Headrooms, description: "Share of the input log that retention may still take before a replay from the durable snapshot lacks a record, by topic and partition.");
        }
        else
        {
            _headroom.TryRemove(partition, out _);
        }
    }

    public void ForgetHeadroom() => _headroom.Clear();

    /// <summary>Input partitions that no member of the group was given, while it is at rest: the same figure at each of its members.</summary>
    public void WithoutOwner(string group, int count)
    {
        _withoutOwner = count;
        _withoutOwnerGauge ??= _meter.CreateObservableGauge(
            "partitions_without_owner", () => new Measurement<int>(_withoutOwner, new KeyValuePair<string, object?>("group", group)), description: "Input partitions that the group, at rest, has given to no member.");
    }

    public void SharedOut() =>
        (_sharedOut ??= _meter.CreateCounter<long>("group_heals_total", description: "Times that this process made the group share out anew, for it had forgotten partitions.")).Add(1);

    public void Restored(long replayed, TimeSpan duration)
    {
        (_replayed ??= _meter.CreateCounter<long>("replay_records_total", description: "Records applied in silence to rebuild state.")).Add(replayed);
        (_restore ??= _meter.CreateHistogram<double>("restore_duration_seconds", "s", "Time from assignment to the first live record.")).Record(duration.TotalSeconds);
    }

    public void SnapshotWritten(string tier, long bytes) =>
        (_snapshotBytes ??= _meter.CreateCounter<long>("snapshot_bytes_total", "By", "Snapshot bytes written, by tier.")).Add(bytes, new KeyValuePair<string, object?>("tier", tier));

    /// <summary>Time for which a snapshot held up the loop: hashing and serialising, not writing.</summary>
    public void SnapshotPaused(bool isWhole, TimeSpan duration) =>
        (_pause ??= _meter.CreateHistogram<double>("snapshot_pause_seconds", "s", "Time for which taking a snapshot held up the loop, by kind: whole states and changes."))
            .Record(duration.TotalSeconds, new KeyValuePair<string, object?>("kind", isWhole ? "whole" : "changes"));

    public void SnapshotFailed(string tier) =>
        (_snapshotFailures ??= _meter.CreateCounter<long>("snapshot_failures_total", description: "Snapshot reads and writes that failed, by tier.")).Add(1, new KeyValuePair<string, object?>("tier", tier));

    private IEnumerable<Measurement<double>> Headrooms() => _headroom.Select(h =>
        new Measurement<double>(h.Value, new("topic", h.Key.Topic), new KeyValuePair<string, object?>("partition", h.Key.Number)));
}
