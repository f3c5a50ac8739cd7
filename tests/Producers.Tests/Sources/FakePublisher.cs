using System.Collections.Concurrent;
using Tidewatch.Contracts;
using Tidewatch.Kafka;

namespace Tidewatch.Producers.Tests.Sources;

/// <summary>Keeps what is published; blocks while <see cref="Gate"/> is not completed.</summary>
internal sealed class FakePublisher : IObservationPublisher
{
    private readonly ConcurrentQueue<(string Domain, Observation Observation)> _published = new();

    public IReadOnlyList<(string Domain, Observation Observation)> Published => [.. _published];

    public Task Gate { get; set; } = Task.CompletedTask;

    public int Flushes { get; private set; }

    public async ValueTask PublishAsync(string domain, Observation observation, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        _published.Enqueue((domain, observation));
    }

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        Flushes++;
        return Task.CompletedTask;
    }
}
