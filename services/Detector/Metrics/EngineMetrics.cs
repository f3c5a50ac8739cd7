using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Tidewatch.Contracts;
using Tidewatch.Engine;

namespace Tidewatch.Detector.Metrics;

/// <summary>Counts one partition's transaction by hand and publishes at its commit: an instrument's call per observation would cost more than its scoring.</summary>
public sealed class EngineMetrics(DetectorMetrics metrics) : IEngineObserver
{
    private readonly Dictionary<string, long> _rejected = new(StringComparer.Ordinal);
    private readonly long[] _alerts = new long[Enum.GetValues<Severity>().Length];
    private readonly long[] _corrections = new long[Enum.GetValues<Feedback>().Length];
    private long _scored;
    private long _oldestMs = long.MaxValue;

    public void Scored(long appendedMs)
    {
        _scored++;
        _oldestMs = Math.Min(_oldestMs, appendedMs);
    }

    public void Rejected(string code) => CollectionsMarshal.GetValueRefOrAddDefault(_rejected, code, out _)++;

    public void Alerted(Severity severity) => _alerts[(int)severity]++;

    public void Corrected(Feedback feedback) => _corrections[(int)feedback]++;

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

        Publish(metrics.Alerts, _alerts, "severity", severity => ((Severity)severity).ToString());
        Publish(metrics.Corrections, _corrections, "feedback", feedback => ((Feedback)feedback).ToString());
        Clear();
    }

    public void RolledBack() => Clear();

    private static void Publish(Counter<long> counter, long[] counts, string tag, Func<int, string> name)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                counter.Add(counts[i], new KeyValuePair<string, object?>(tag, JsonNamingPolicy.CamelCase.ConvertName(name(i))));
            }
        }
    }

    private void Clear()
    {
        (_scored, _oldestMs) = (0, long.MaxValue);
        _rejected.Clear();
        Array.Clear(_alerts);
        Array.Clear(_corrections);
    }
}
