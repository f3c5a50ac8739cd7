using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts;

namespace Tidewatch.Api.Views;

/// <summary>Every series that is kept in memory, bounded by <see cref="ApiOptions.MaxSeries"/>.</summary>
public sealed class SeriesView : IDisposable
{
    private readonly ConcurrentDictionary<string, SeriesTrack> _tracks = new(StringComparer.Ordinal);
    private readonly ApiOptions _options;
    private readonly TimeProvider _time;
    private readonly Meter _meter = new("Tidewatch");
    private readonly Counter<long> _leftOut;
    private readonly Lock _sweeping = new();
    private DateTimeOffset _swept;

    public SeriesView(IOptions<ApiOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _leftOut = _meter.CreateCounter<long>("api_left_out_total", description: "Points and alerts of series beyond Api:MaxSeries.");
        _meter.CreateObservableGauge("api_series", () => _tracks.Count, description: "Series in memory.");
    }

    /// <summary>Series kept.</summary>
    public int Count => _tracks.Count;

    /// <summary>True when the point is new and its series is kept.</summary>
    public bool Add(ScorePoint point) => TrackOf(point.Series, point.Domain) is { } track && track.Add(point, _time.GetUtcNow());

    /// <summary>Marks the alert's series, if it is kept.</summary>
    public void Apply(Alert alert) => TrackOf(alert.Series, alert.Domain)?.Apply(alert, _time.GetUtcNow());

    public bool TryGet(string series, [NotNullWhen(true)] out SeriesTrack? track) => _tracks.TryGetValue(series, out track);

    /// <summary>Summaries of the series whose id or domain contains <paramref name="filter"/>: worst first, then by id.</summary>
    public IReadOnlyList<SeriesSummary> List(string? filter, int sparkPoints) =>
        [.. _tracks.Values
            .Where(t => string.IsNullOrEmpty(filter) || t.Series.Contains(filter, StringComparison.OrdinalIgnoreCase) || t.Domain.Contains(filter, StringComparison.OrdinalIgnoreCase))
            .Select(t => t.Summary(sparkPoints))
            .OrderByDescending(s => s.Severity)
            .ThenBy(s => s.Series, StringComparer.Ordinal)];

    public void Dispose() => _meter.Dispose();

    private SeriesTrack? TrackOf(string series, string domain)
    {
        if (_tracks.TryGetValue(series, out var track))
        {
            return track;
        }

        if (_tracks.Count >= _options.MaxSeries && !Sweep())
        {
            _leftOut.Add(1);
            return null;
        }

        return _tracks.GetOrAdd(series, static (id, s) => new SeriesTrack(id, s.domain, s.points), (domain, points: _options.PointsPerSeries));
    }

    /// <summary>Drops idle series, at most once a second however many new ones knock; true when there is room.</summary>
    private bool Sweep()
    {
        lock (_sweeping)
        {
            var now = _time.GetUtcNow();
            if (now - _swept >= TimeSpan.FromSeconds(1))
            {
                _swept = now;
                foreach (var idle in _tracks.Values.Where(t => now - t.Touched >= _options.IdleAfter))
                {
                    _tracks.TryRemove(idle.Series, out _);
                }
            }

            return _tracks.Count < _options.MaxSeries;
        }
    }
}
