using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Engine;
using Tidewatch.Engine.Settings;
using Tidewatch.Evaluation.Protocols;
using Tidewatch.Evaluation.Synthetic;

namespace Tidewatch.Cli.Data;

/// <summary>A person who knows the truth answers the first alerts of each series as they open; then nobody does, and what the detectors find is counted. Through the detector's own engine.</summary>
internal sealed class FeedbackRun : IPartitionOutput
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private readonly SeriesEngine _engine;
    private readonly SortedDictionary<string, Answered> _series = new(StringComparer.Ordinal);
    private bool _flagged;
    private AlertTransition _transition;
    private Alert? _opened;

    private FeedbackRun(EngineSettings settings) => _engine = new SeriesEngine(new EngineScope("feedback", "feedback", 0, "feedback"), new EngineRules(settings));

    bool IPartitionOutput.IsLive => true;

    /// <summary>The counts of every series with one value in the days that nobody answered.</summary>
    /// <param name="domain">What is generated.</param>
    /// <param name="level">How hard.</param>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="settings">What judges; score points are made of every observation.</param>
    /// <param name="corrections">Alerts of each series that are answered, at least 0.</param>
    /// <param name="days">Days that are answered, and then as many that are counted.</param>
    public static EventCounts Of(SyntheticDomain domain, SyntheticLevel level, ulong seed, EngineSettings settings, int corrections, int days)
    {
        var run = new FeedbackRun(settings with { ScoreInterval = TimeSpan.Zero });
        var (samples, offset) = ((long)days * domain.SamplesPerDay, 0L);
        foreach (var (observation, anomaly) in new SyntheticStream(domain, seed, level, Start).Read(2 * samples).Where(e => e.Observation.Features is null))
        {
            run.Observe(ref offset, observation, anomaly, observation.Time < Start + (domain.Interval * samples) ? corrections : null);
        }

        return run._series.Select(s => s.Value.Counter.Close(s.Key)).Aggregate((a, b) => a + b);
    }

    void IPartitionOutput.Emit(Alert alert)
    {
        _opened = alert.State == AlertState.Opened ? alert : null;
        _transition = alert.State switch
        {
            AlertState.Opened => AlertTransition.Opened,
            AlertState.Resolved => AlertTransition.Resolved,
            _ => AlertTransition.Escalated,
        };
    }

    void IPartitionOutput.Emit(ScorePoint point) => _flagged = point.Severity != Severity.None;

    void IPartitionOutput.Reject(string stage, string code, string message) => throw new InvalidOperationException(message);

    /// <param name="offset">Of the next record.</param>
    /// <param name="observation">What is judged.</param>
    /// <param name="anomaly">The anomaly that it is part of.</param>
    /// <param name="corrections">Alerts of its series that are answered; null once what is found is counted.</param>
    private void Observe(ref long offset, Observation observation, Anomaly? anomaly, int? corrections)
    {
        (_flagged, _transition, _opened) = (false, AlertTransition.None, null);
        _engine.Apply(new InputRecord(offset++, -1, default, ObservationCodec.Encode(observation)), this);
        if (!_series.TryGetValue(observation.Series, out var series))
        {
            _series[observation.Series] = series = new Answered();
        }

        if (corrections is null)
        {
            series.Counter.Observe(_flagged, _transition, anomaly);
        }
        else if (_opened is not null && series.Answers++ < corrections)
        {
            var correction = Correction.Of(_opened, anomaly is null ? Feedback.FalseAlarm : Feedback.Confirmed);
            _engine.Apply(new InputRecord(offset++, -1, default, CorrectionCodec.Encode(correction)), this);
        }
    }

    private sealed record Answered
    {
        public EventCounter Counter { get; } = new();

        public int Answers { get; set; }
    }
}
