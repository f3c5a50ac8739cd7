using Tidewatch.Api.Endpoints;
using Tidewatch.Contracts;
using Tidewatch.Storage;

namespace Tidewatch.Api.Views;

/// <summary>Recent alerts, and behind them what the anomaly store still knows.</summary>
public sealed partial class AlertHistory(AlertView recent, IAnomalyReader store, TimeProvider time, ILogger<AlertHistory> logger)
{
    private const int MostRead = 10_000;

    /// <summary>A page that waits is worse than one that says what it lacks.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<AlertList> ReadAsync(int limit, string? series, Severity least, CancellationToken cancellationToken)
    {
        bool Matches(Alert alert) => (series is null || string.Equals(alert.Series, series, StringComparison.Ordinal)) && alert.Severity >= least;
        var found = recent.Latest(limit, Matches);
        if (found.Count == limit)
        {
            return new AlertList(true, found);
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            // The store knows no severities: with a filter more is read than shown.
            var query = new AnomalyQuery(DateTimeOffset.UnixEpoch, time.GetUtcNow().AddDays(1), series, least == Severity.None ? limit : MostRead);
            var older = await store.ReadAsync(query, reading.Token);
            return new AlertList(true, [.. found.Concat(older.Where(Matches)).DistinctBy(a => a.Id, StringComparer.Ordinal).Take(limit)]);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            StoreAway(e.Message);
            return new AlertList(false, found);
        }
    }

    [LoggerMessage(601, LogLevel.Warning, "Older alerts could not be read: {Reason}")]
    private partial void StoreAway(string reason);
}
