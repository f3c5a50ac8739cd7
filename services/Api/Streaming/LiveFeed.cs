using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts;

namespace Tidewatch.Api.Streaming;

/// <summary>Hands new points and alerts to every open stream; never waits for a slow one.</summary>
public sealed class LiveFeed(IOptions<ApiOptions> options)
{
    private readonly ConcurrentDictionary<Subscription, bool> _subscriptions = new();

    /// <summary>Streams open now.</summary>
    public int Count => _subscriptions.Count;

    /// <summary>A stream of every alert and of the points of these series (none given: of all). Dispose it to end it.</summary>
    public Subscription Subscribe(IEnumerable<string> series)
    {
        var subscription = new Subscription(series, options.Value.StreamQueue, gone => _subscriptions.TryRemove(gone, out _));
        _subscriptions[subscription] = true;
        return subscription;
    }

    public void Publish(ScorePoint point)
    {
        foreach (var (subscription, _) in _subscriptions)
        {
            subscription.Offer(point);
        }
    }

    public void Publish(Alert alert)
    {
        foreach (var (subscription, _) in _subscriptions)
        {
            subscription.Offer(alert);
        }
    }
}
