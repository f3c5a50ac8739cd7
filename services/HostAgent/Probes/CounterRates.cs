namespace Tidewatch.HostAgent.Probes;

/// <summary>Turns growing counters into rates.</summary>
public sealed class CounterRates(TimeProvider time)
{
    private readonly Dictionary<string, (double Count, long Timestamp)> _last = new(StringComparer.Ordinal);

    /// <summary>Growth per second since the last call for <paramref name="counter"/>; null the first time and after a reset (the counter fell), where the growth is unknown.</summary>
    public double? PerSecond(string counter, double count)
    {
        var now = time.GetTimestamp();
        var known = _last.TryGetValue(counter, out var last);
        _last[counter] = (count, now);
        var seconds = known ? time.GetElapsedTime(last.Timestamp, now).TotalSeconds : 0;
        return seconds > 0 && count >= last.Count ? (count - last.Count) / seconds : null;
    }
}
