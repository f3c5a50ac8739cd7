using Tidewatch.Api.Streaming;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka;

namespace Tidewatch.Api.Views;

/// <summary>alerts.v1 into <see cref="AlertView"/> and <see cref="SeriesView"/>, and on to whoever listens.</summary>
public sealed class AlertHandler(AlertView alerts, SeriesView series, LiveFeed feed) : IRecordHandler
{
    public Task HandleAsync(IReadOnlyList<ReceivedRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            if (AlertCodec.TryDecode(record.Value, out var alert, out _) && alerts.Add(alert!))
            {
                series.Apply(alert!);
                feed.Publish(alert!);
            }
        }

        return Task.CompletedTask;
    }
}
