using Tidewatch.Detection.Thresholds;
using Tidewatch.Evaluation.Synthetic;

namespace Tidewatch.Evaluation.Protocols;

/// <summary>Counts what happens to one series.</summary>
/// <remarks>An alarm is an alert from its opening to its resolution: true when an anomalous observation lies in it. An anomaly is found when one of its observations is flagged.</remarks>
public sealed class EventCounter
{
    private readonly Dictionary<Anomaly, bool> _found = [];
    private (bool Open, bool True) _alarm;
    private int _alarms;
    private int _false;
    private int _normal;
    private int _flaggedNormal;

    /// <summary>Takes the next observation.</summary>
    /// <param name="flagged">Whether it was called anomalous.</param>
    /// <param name="transition">What it changed about the series' alert.</param>
    /// <param name="anomaly">The anomaly that it is part of; null for none.</param>
    public void Observe(bool flagged, AlertTransition transition, Anomaly? anomaly)
    {
        if (anomaly is not null)
        {
            _found[anomaly] = _found.GetValueOrDefault(anomaly) || flagged;
        }
        else
        {
            _normal++;
            _flaggedNormal += flagged ? 1 : 0;
        }

        Follow(transition, flagged && anomaly is not null);
    }

    /// <summary>The counts, once everything was observed; an alarm that is open ends here.</summary>
    public EventCounts Close(string series)
    {
        Follow(AlertTransition.Resolved, false);
        return new EventCounts(series, _alarms, _false, _found.Count, _found.Values.Count(f => f), _normal, _flaggedNormal, [.. _found.Where(f => !f.Value).Select(f => f.Key.Kind.Name)]);
    }

    private void Follow(AlertTransition transition, bool isTrue)
    {
        if (transition == AlertTransition.Opened)
        {
            (_alarm, _alarms) = ((true, false), _alarms + 1);
        }

        _alarm.True |= isTrue;
        if (transition == AlertTransition.Resolved && _alarm.Open)
        {
            _false += _alarm.True ? 0 : 1;
            _alarm = default;
        }
    }
}
