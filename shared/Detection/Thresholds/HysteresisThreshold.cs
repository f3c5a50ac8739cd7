using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Thresholds;

/// <summary>A threshold with memory: an alert opens once, escalates when it gets worse, and resolves after enough normal observations.</summary>
public sealed class HysteresisThreshold(ThresholdOptions options)
{
    private ICut _cut = options.CreateCut();
    private Refractory? _refractory = options.Refractory > 0 ? new Refractory(options.Refractory) : null;
    private AlertLevel _worst;
    private int _normalRun;

    /// <summary>Whether an alert is open.</summary>
    public bool IsOpen => _worst != AlertLevel.None;

    /// <summary>The open alert's severity: the worst since it opened.</summary>
    public AlertLevel Worst => _worst;

    /// <summary>Event time of the observation that opened the alert, Unix milliseconds.</summary>
    public long OpenedAtMs { get; private set; }

    /// <summary>Severity of <paramref name="score"/> by itself.</summary>
    public AlertLevel LevelOf(double score)
    {
        var threshold = _cut.Value;
        if (score < threshold)
        {
            return AlertLevel.None;
        }

        var excess = threshold >= 1 ? 1 : (score - threshold) / (1 - threshold);
        return excess >= options.Extreme ? AlertLevel.Extreme : excess >= options.Moderate ? AlertLevel.Moderate : AlertLevel.Mild;
    }

    /// <summary>Score from which an observation is anomalous now.</summary>
    public double Cut => _cut.Value;

    /// <summary>Takes the score of the newest observation, after it was judged.</summary>
    public void Learn(double score) => _cut.Learn(score);

    /// <summary>Takes a person's judgement of an earlier score.</summary>
    public void Correct(double score, bool isAnomaly) => _cut.Correct(score, isAnomaly);

    /// <summary>Whether <paramref name="value"/> is far enough from the expected centre, on a side that counts.</summary>
    public bool IsLargeEnough(double value, in Expectation expected)
    {
        if ((options.Direction == ChangeDirection.Above && value < expected.Center) || (options.Direction == ChangeDirection.Below && value > expected.Center))
        {
            return false;
        }

        var change = Math.Abs(value - expected.Center);
        return change >= options.MinimumChange && change >= options.MinimumRelativeChange * Math.Abs(expected.Center);
    }

    /// <summary>Takes the severity and the score of the newest observation and says what it changed.</summary>
    public AlertTransition Advance(AlertLevel level, double score, long timeMs)
    {
        var mayOpen = _refractory is null || _refractory.Raise(level != AlertLevel.None && !IsOpen);
        if (level == AlertLevel.None)
        {
            return IsOpen ? Calm(score) : AlertTransition.None;
        }

        _normalRun = 0;
        if (level <= _worst || (!IsOpen && !mayOpen))
        {
            return AlertTransition.None;
        }

        var transition = IsOpen ? AlertTransition.Escalated : AlertTransition.Opened;
        OpenedAtMs = IsOpen ? OpenedAtMs : timeMs;
        _worst = level;
        return transition;
    }

    /// <summary>The same series under other options: an open alert stays open, and what the line was learned from counts on where the new rule reads it alike.</summary>
    public HysteresisThreshold Under(ThresholdOptions other) => new(other)
    {
        _worst = _worst,
        _normalRun = _normalRun,
        OpenedAtMs = OpenedAtMs,
        _cut = other.Continue(_cut, options),
        _refractory = other.Refractory == options.Refractory ? _refractory : other.Refractory > 0 ? new Refractory(other.Refractory) : null,
    };

    public void Save(StateWriter writer)
    {
        writer.Write((byte)_worst);
        writer.Write(_normalRun);
        writer.Write(OpenedAtMs);
        _cut.Save(writer);
        _refractory?.Save(writer);
    }

    public void Load(ref StateReader reader)
    {
        var worst = reader.ReadByte();
        _worst = worst <= (byte)AlertLevel.Extreme ? (AlertLevel)worst : throw new StateFormatException($"{worst} is not a severity");
        _normalRun = reader.ReadInt32(0, int.MaxValue);
        OpenedAtMs = reader.ReadInt64();
        _cut.Load(ref reader);
        _refractory?.Load(ref reader);
    }

    private AlertTransition Calm(double score)
    {
        _normalRun = options.Release >= 1 || score < options.Release * _cut.Value ? _normalRun + 1 : 0;
        if (_normalRun < options.ResolveAfter)
        {
            return AlertTransition.None;
        }

        (_worst, _normalRun) = (AlertLevel.None, 0);
        return AlertTransition.Resolved;
    }
}
