using Tidewatch.Contracts;

namespace Tidewatch.Kafka;

/// <summary>Publishes observations: idempotent, acks=all, key = series id, murmur2 partitioner.</summary>
public interface IObservationPublisher
{
    /// <summary>Queues one observation for the domain's topic; waits while the queue is full, never drops. Delivery goes on in the background with retries.</summary>
    ValueTask PublishAsync(string domain, Observation observation, CancellationToken cancellationToken);

    /// <summary>Returns when everything queued was delivered.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
