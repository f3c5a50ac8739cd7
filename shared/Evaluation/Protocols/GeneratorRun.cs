using Tidewatch.Detection;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Evaluation.Synthetic;

namespace Tidewatch.Evaluation.Protocols;

/// <summary>A profile over every series of a synthetic domain, strictly online; what happens in the first samples is learned and not judged.</summary>
public static class GeneratorRun
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What one profile gives.</summary>
    /// <param name="domain">What is generated.</param>
    /// <param name="level">How hard.</param>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="profile">How each series is judged.</param>
    /// <param name="learn">Samples of each series that are not judged, at least 0.</param>
    /// <param name="judge">Samples of each series after those, at least 1.</param>
    public static IReadOnlyList<EventCounts> Of(SyntheticDomain domain, SyntheticLevel level, ulong seed, DetectionProfile profile, int learn, int judge)
    {
        var states = new Dictionary<string, SeriesRun>(StringComparer.Ordinal);
        var stream = new SyntheticStream(domain, seed, level, Start);
        var judgedFrom = Start + (domain.Interval * learn);
        foreach (var (observation, anomaly) in stream.Read(learn + judge))
        {
            if (!states.TryGetValue(observation.Series, out var state))
            {
                states[observation.Series] = state = new SeriesRun(new DetectionPipeline(profile, observation.Features?.Count ?? 1, (ulong)states.Count + 1));
            }

            double[] values = observation.Features is { } features ? [.. features.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value)] : [observation.Value!.Value];
            state.Observe(values, observation.Time, anomaly, observation.Time >= judgedFrom);
        }

        return [.. states.Select(s => s.Value.Close(s.Key))];
    }

    private sealed class SeriesRun(DetectionPipeline pipeline)
    {
        private readonly EventCounter _counter = new();

        public void Observe(double[] values, DateTimeOffset time, Anomaly? anomaly, bool judged)
        {
            var verdict = pipeline.Observe(values, time.ToUnixTimeMilliseconds());
            if (judged)
            {
                _counter.Observe(verdict.Level != AlertLevel.None, verdict.Transition, anomaly);
            }
        }

        public EventCounts Close(string series) => _counter.Close(series);
    }
}
