using Tidewatch.Contracts;

namespace Tidewatch.Api.Streaming;

/// <summary>What waits for one reader: points up to a bound, the oldest giving way; alerts always. Thread-safe; one reader.</summary>
public sealed class Subscription : IDisposable
{
    /// <summary>A reader that leaves this many alerts waiting is cut off: it comes back with Last-Event-ID and is given what it missed.</summary>
    public const int MostAlerts = 10_000;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Queue<ScorePoint> _points = new();
    private readonly Queue<Alert> _alerts = new();
    private readonly HashSet<string> _series;
    private readonly int _capacity;
    private readonly Action<Subscription> _ended;
    private int _dropped;
    private bool _overrun;
    private bool _closed;

    internal Subscription(IEnumerable<string> series, int capacity, Action<Subscription> ended) =>
        (_series, _capacity, _ended) = (new HashSet<string>(series, StringComparer.Ordinal), capacity, ended);

    public void Offer(ScorePoint point)
    {
        if (_series.Count > 0 && !_series.Contains(point.Series))
        {
            return;
        }

        lock (_lock)
        {
            if (_points.Count == _capacity)
            {
                _points.Dequeue();
                _dropped++;
            }

            _points.Enqueue(point);
            Signal();
        }
    }

    public void Offer(Alert alert)
    {
        lock (_lock)
        {
            _overrun |= _alerts.Count == MostAlerts;
            if (!_overrun)
            {
                _alerts.Enqueue(alert);
            }

            Signal();
        }
    }

    /// <summary>Takes what waits, or an empty batch after <paramref name="patience"/>; null when the reader was too slow for the alerts and must reconnect.</summary>
    public async Task<StreamBatch?> TakeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await _signal.WaitAsync(patience, cancellationToken);
        lock (_lock)
        {
            var batch = new StreamBatch([.. _points], [.. _alerts], _dropped);
            _points.Clear();
            _alerts.Clear();
            _dropped = 0;
            return _overrun ? null : batch;
        }
    }

    public void Dispose()
    {
        _ended(this);
        lock (_lock)
        {
            _closed = true;
            _signal.Dispose();
        }
    }

    private void Signal()
    {
        if (!_closed && _signal.CurrentCount == 0)
        {
            _signal.Release();
        }
    }
}

/// <summary>What one take brings.</summary>
/// <param name="Points">Points in order of arrival.</param>
/// <param name="Alerts">Alerts in order of arrival.</param>
/// <param name="Dropped">Older points that gave way since the last take.</param>
public sealed record StreamBatch(IReadOnlyList<ScorePoint> Points, IReadOnlyList<Alert> Alerts, int Dropped);
