using Tidewatch.Engine.Settings;
using Tidewatch.Evaluation.Protocols;
using Tidewatch.Evaluation.Synthetic;

namespace Tidewatch.Cli.Data;

/// <summary>Entities of a synthetic domain that join others which were there before, through the detector's own engine: what is found in the first observations of their series.</summary>
internal sealed class CohortRun
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private readonly IReadOnlyList<int> _firsts;
    private readonly EngineJudge _judge;
    private readonly SortedDictionary<string, Joined> _joined = new(StringComparer.Ordinal);

    private CohortRun(EngineSettings settings, IReadOnlyList<int> firsts) =>
        (_judge, _firsts) = (new EngineJudge("cohort", settings), firsts);

    /// <summary>The counts of every series that joined, once for the even entities and once for the odd ones, within each of <paramref name="firsts"/>.</summary>
    /// <param name="domain">What is generated; its own profile judges.</param>
    /// <param name="level">How hard.</param>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="rule">Which series are of a kind.</param>
    /// <param name="learn">Samples before the others join, at least 1.</param>
    /// <param name="firsts">Observations of each joining series that are judged, rising.</param>
    public static EventCounts[] Of(SyntheticDomain domain, SyntheticLevel level, ulong seed, CohortRule rule, int learn, IReadOnlyList<int> firsts)
    {
        var settings = new EngineSettings { Profile = domain.Name, Cohort = rule };
        var runs = new[] { new CohortRun(settings, firsts), new CohortRun(settings, firsts) };
        for (var parity = 0; parity < runs.Length; parity++)
        {
            runs[parity].Run(domain, new SyntheticStream(domain, seed, level, Start), parity, learn);
        }

        return [.. Enumerable.Range(0, firsts.Count).Select(i => runs.SelectMany(r => r._joined).Select(j => j.Value.Counters[i].Close(j.Key)).Aggregate((a, b) => a + b))];
    }

    private void Run(SyntheticDomain domain, SyntheticStream stream, int parity, int learn)
    {
        var joining = domain.Entities.Where((_, i) => i % 2 == parity).ToHashSet(StringComparer.Ordinal);
        var joinedFrom = Start + (domain.Interval * learn);
        foreach (var (observation, anomaly) in stream.Read(learn + (_firsts[^1] * 2L)))
        {
            var joins = joining.Contains(observation.Attributes!["entity"]);
            if (joins && (observation.Time < joinedFrom || IsJudged(observation.Series)))
            {
                continue;
            }

            _judge.Observe(observation);
            if (joins)
            {
                Count(observation.Series, anomaly);
            }
        }
    }

    private bool IsJudged(string series) => _joined.TryGetValue(series, out var joined) && joined.Seen >= _firsts[^1];

    private void Count(string series, Anomaly? anomaly)
    {
        if (!_joined.TryGetValue(series, out var joined))
        {
            _joined[series] = joined = new Joined([.. _firsts.Select(_ => new EventCounter())]);
        }

        for (var i = 0; i < _firsts.Count; i++)
        {
            if (joined.Seen < _firsts[i])
            {
                joined.Counters[i].Observe(_judge.IsFlagged, _judge.Transition, anomaly);
            }
        }

        joined.Seen++;
    }

    private sealed record Joined(EventCounter[] Counters)
    {
        public int Seen { get; set; }
    }
}
