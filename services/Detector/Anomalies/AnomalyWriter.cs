using System.Diagnostics.Metrics;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka;
using Tidewatch.Storage;

namespace Tidewatch.Detector.Anomalies;

/// <summary>Carries committed alerts from their topic to the anomaly store. A store that is away makes the consumer wait, never the detection.</summary>
public sealed class AnomalyWriter(IAnomalyStore store, IMeterFactory meters) : IRecordHandler
{
    private readonly Counter<long> _unreadable = meters.Create("Tidewatch").CreateCounter<long>(
        "alerts_unreadable_total", description: "Records of the alerts topic that are not alerts and were passed over.");

    public async Task HandleAsync(IReadOnlyList<ReceivedRecord> records, CancellationToken cancellationToken)
    {
        var alerts = new List<Alert>(records.Count);
        foreach (var record in records)
        {
            if (AlertCodec.TryDecode(record.Value, out var alert, out _))
            {
                alerts.Add(alert!);
            }
            else
            {
                _unreadable.Add(1);
            }
        }

        if (alerts.Count > 0)
        {
            await store.WriteAsync(alerts, cancellationToken);
        }
    }
}
