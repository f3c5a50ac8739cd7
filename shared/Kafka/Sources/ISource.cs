namespace Tidewatch.Kafka.Sources;

/// <summary>The outside world as a stream of observations. A source knows no Kafka: <see cref="SourcePublisher"/> publishes what it yields, in order.</summary>
/// <remarks>
/// An outage is the source's own: it retries with back-off inside <see cref="ReadAsync"/> and says so in <see cref="Trouble"/>.
/// Input it must not pass over ends it with <see cref="SourceStoppedException"/>. Any other exception is a bug and stops the process.
/// </remarks>
public interface ISource
{
    /// <summary>Name in logs and metrics, such as <c>replay</c>.</summary>
    string Name { get; }

    /// <summary>What keeps the source from delivering now, with the remedy; null when nothing does. Read by the health check from another thread.</summary>
    string? Trouble => null;

    /// <summary>Observations until the source is exhausted or <paramref name="cancellationToken"/> is cancelled; read once.</summary>
    IAsyncEnumerable<SourcedObservation> ReadAsync(CancellationToken cancellationToken);
}
