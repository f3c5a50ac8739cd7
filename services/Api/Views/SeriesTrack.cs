using Tidewatch.Contracts;

namespace Tidewatch.Api.Views;

/// <summary>What is known of one series: its latest points and the alerts that are open. Thread-safe.</summary>
public sealed class SeriesTrack(string series, string domain, int capacity)
{
    private readonly Lock _lock = new();
    private readonly PointRing _points = new(capacity);
    private readonly Dictionary<string, Alert> _open = new(StringComparer.Ordinal);
    private string? _feature;

    public string Series => series;

    public string Domain => domain;

    /// <summary>When something of the series last arrived here (not an event time).</summary>
    public DateTimeOffset Touched { get; private set; }

    /// <summary>False when the point is a repeat.</summary>
    public bool Add(ScorePoint point, DateTimeOffset now)
    {
        lock (_lock)
        {
            Touched = now;
            _feature = point.Feature;
            return _points.Add(PointSample.Of(point));
        }
    }

    /// <summary>Opens, raises or closes what the alert's key stands for.</summary>
    public void Apply(Alert alert, DateTimeOffset now)
    {
        lock (_lock)
        {
            Touched = now;
            if (alert.State is AlertState.Opened or AlertState.Updated or AlertState.Corrected)
            {
                _open[alert.Key] = alert;
            }
            else
            {
                _open.Remove(alert.Key);
            }
        }
    }

    /// <summary>The points at or after an event time, oldest first.</summary>
    public PointSample[] Points(DateTimeOffset? from)
    {
        lock (_lock)
        {
            return _points.Since(from?.ToUnixTimeMilliseconds() ?? long.MinValue);
        }
    }

    /// <summary>For a series of several features, the one that the latest point speaks of; null for a single value.</summary>
    public string? Feature
    {
        get
        {
            lock (_lock)
            {
                return _feature;
            }
        }
    }

    public SeriesSummary Summary(int sparkPoints)
    {
        lock (_lock)
        {
            var worst = _open.Values.MaxBy(a => a.Severity);
            var last = _points.Count > 0 ? _points.Last : (PointSample?)null;
            return new SeriesSummary
            {
                Series = series,
                Domain = domain,
                Time = last is { } l ? DateTimeOffset.FromUnixTimeMilliseconds(l.TimeMs) : worst?.Time,
                Feature = _feature,
                Value = last?.Value ?? worst?.Value,
                Score = last?.Score ?? (float?)worst?.Score,
                Severity = worst?.Severity ?? Severity.None,
                AlertingSince = _open.Count > 0 ? _open.Values.Min(a => a.OpenedAt) : null,
                Points = _points.Count,
                Spark = sparkPoints > 0 ? Spark(sparkPoints) : null,
            };
        }
    }

    private double[] Spark(int points) =>
        [.. MinMaxDownsampler.Reduce(_points.Since(long.MinValue), Math.Max(points, MinMaxDownsampler.Fewest)).Select(p => _feature is null ? p.Value : p.Score)];
}
