using System.Runtime.InteropServices;
using Tidewatch.Contracts;
using Tidewatch.Engine;

namespace Tidewatch.Detector.Metrics;

/// <summary>Counts one partition's transaction by hand and publishes at its commit: an instrument's call per observation would cost more than its scoring.</summary>
public sealed class EngineMetrics(DetectorMetrics metrics) : IEngineObserver
{
    private readonly Dictionary<string, long> _rejected = new(StringComparer.Ordinal);
    private readonly long[] _alerts = new long[Enum.GetValues<Severity>().Length];
    private long _scored;
    private long _oldestMs = long.MaxValue;

    public void Scored(long appendedMs)
    {
        _scored++;
        _oldestMs = Math.Min(_oldestMs, appendedMs);
    }

    public void Rejected(string code) => CollectionsMarshal.GetValueRefOrAddDefault(_rejected, code, out _)++;

    public void Alerted(Severity severity) => _alerts[(int)severity]++;

    public void Committed()
    {
        if (_scored > 0)
        {
            metrics.Processed.Add(_scored);
            metrics.Latency.Record(Math.Max(0, metrics.Time.GetUtcNow().ToUnixTimeMilliseconds() - _oldestMs) / 1000.0);
        }

        foreach (var (code, count) in _rejected)
        {
            metrics.Rejected.Add(count, new KeyValuePair<string, object?>("reason", code));
        }

        for (var severity = 0; severity < _alerts.Length; severity++)
        {
            if (_alerts[severity] > 0)
            {
                metrics.Alerts.Add(_alerts[severity], new KeyValuePair<string, object?>("severity", ((Severity)severity).ToString().ToLowerInvariant()));
            }
        }

        Clear();
    }

    public void RolledBack() => Clear();

    private void Clear()
    {
        (_scored, _oldestMs) = (0, long.MaxValue);
        _rejected.Clear();
        Array.Clear(_alerts);
    }
}
