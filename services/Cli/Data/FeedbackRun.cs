using Tidewatch.Contracts;
using Tidewatch.Engine.Settings;
using Tidewatch.Evaluation.Protocols;
using Tidewatch.Evaluation.Synthetic;

namespace Tidewatch.Cli.Data;

/// <summary>A person who knows the truth answers the first alerts of each series as they open; then nobody does, and what the detectors find is counted. Through the detector's own engine.</summary>
internal sealed class FeedbackRun
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private readonly EngineJudge _judge;
    private readonly SortedDictionary<string, Answered> _series = new(StringComparer.Ordinal);

    private FeedbackRun(EngineSettings settings) => _judge = new EngineJudge("feedback", settings);

    /// <summary>The counts of every series with one value in the days that nobody answered.</summary>
    /// <param name="domain">What is generated.</param>
    /// <param name="level">How hard.</param>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="settings">What judges.</param>
    /// <param name="corrections">Alerts of each series that are answered, at least 0.</param>
    /// <param name="days">Days that are answered, and then as many that are counted.</param>
    public static EventCounts Of(SyntheticDomain domain, SyntheticLevel level, ulong seed, EngineSettings settings, int corrections, int days)
    {
        var run = new FeedbackRun(settings);
        var samples = (long)days * domain.SamplesPerDay;
        foreach (var (observation, anomaly) in new SyntheticStream(domain, seed, level, Start).Read(2 * samples).Where(e => e.Observation.Features is null))
        {
            run.Observe(observation, anomaly, observation.Time < Start + (domain.Interval * samples) ? corrections : null);
        }

        return run._series.Select(s => s.Value.Counter.Close(s.Key)).Aggregate((a, b) => a + b);
    }

    /// <param name="observation">What is judged.</param>
    /// <param name="anomaly">The anomaly that it is part of.</param>
    /// <param name="corrections">Alerts of its series that are answered; null once what is found is counted.</param>
    private void Observe(Observation observation, Anomaly? anomaly, int? corrections)
    {
        _judge.Observe(observation);
        if (!_series.TryGetValue(observation.Series, out var series))
        {
            _series[observation.Series] = series = new Answered();
        }

        if (corrections is null)
        {
            series.Counter.Observe(_judge.IsFlagged, _judge.Transition, anomaly);
        }
        else if (_judge.Opened is { } opened && series.Answers++ < corrections)
        {
            _judge.Correct(Correction.Of(opened, anomaly is null ? Feedback.FalseAlarm : Feedback.Confirmed));
        }
    }

    private sealed record Answered
    {
        public EventCounter Counter { get; } = new();

        public int Answers { get; set; }
    }
}
