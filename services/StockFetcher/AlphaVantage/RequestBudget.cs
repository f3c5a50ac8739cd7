namespace Tidewatch.StockFetcher.AlphaVantage;

/// <summary>Keeps requests under so many a minute and so many a day, both counted over the last 60 s and 24 h.</summary>
public sealed class RequestBudget(int perMinute, int perDay, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly Queue<DateTimeOffset> _sent = new();
    private DateTimeOffset _blockedUntil = DateTimeOffset.MinValue;

    /// <summary>How long to wait before the next request; 0 when it may be sent now.</summary>
    public TimeSpan Wait()
    {
        var now = time.GetUtcNow();
        while (_sent.TryPeek(out var oldest) && now - oldest >= Day)
        {
            _sent.Dequeue();
        }

        var free = _blockedUntil;
        free = Later(free, _sent.Count >= perDay ? _sent.ElementAt(_sent.Count - perDay) + Day : free);
        free = Later(free, _sent.Count >= perMinute ? _sent.ElementAt(_sent.Count - perMinute) + Minute : free);
        return free > now ? free - now : TimeSpan.Zero;
    }

    /// <summary>Counts a request that is being sent.</summary>
    public void Spend() => _sent.Enqueue(time.GetUtcNow());

    /// <summary>Allows no request for that long: the API counts differently than we do.</summary>
    public void Block(TimeSpan duration) => _blockedUntil = Later(_blockedUntil, time.GetUtcNow() + duration);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
