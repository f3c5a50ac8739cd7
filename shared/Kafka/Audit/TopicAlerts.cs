using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Audit;

/// <summary>Looks alerts up on their topic.</summary>
public sealed class TopicAlerts(KafkaConnection connection, TopicNames names)
{
    /// <summary>The alert of that id; null where there is none up to the end that stands now. Reads the whole topic. Throws <see cref="KafkaException"/> when the broker or the topic is away.</summary>
    public Alert? Find(string id, CancellationToken cancellationToken)
    {
        var found = default(Alert);
        using var consumer = TopicAudit.Open(connection);
        TopicAudit.Read(consumer, connection, names.Alerts, value =>
        {
            if (AlertCodec.TryDecode(value, out var alert, out _) && string.Equals(alert!.Id, id, StringComparison.Ordinal))
            {
                found = alert;
            }
        }, cancellationToken);
        return found;
    }
}
