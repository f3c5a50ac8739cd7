using Tidewatch.Detection.State;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Engine.Settings;

namespace Tidewatch.Engine;

/// <summary>The prior of a cold start: a new series begins with the state of the one in its cohort to which its first observation is most ordinary, and learns on from there.</summary>
/// <remarks>
/// Asked are the warm series without an open alert among the <see cref="Reach"/> before and after it by the bytes of their ids: neighbours in name are most often neighbours in kind, and the choice does
/// not depend on the order in which series were loaded. If the observation is an anomaly to each of them, the series learns alone. No state: made anew from the series there are.
/// A series is made at an offset that no snapshot of the partition has passed, and there every other series is at that offset too; so each replay chooses the same.
/// </remarks>
internal sealed class Cohorts
{
    /// <summary>Neighbours asked on each side.</summary>
    private const int Reach = 8;

    private static readonly Comparer<SeriesState> ById = Comparer<SeriesState>.Create((a, b) => a.Id.AsSpan().SequenceCompareTo(b.Id));
    private readonly Dictionary<(string Profile, string Part, string Features), SortedSet<SeriesState>> _cohorts = [];

    /// <summary>Takes up a series; nothing where its profile has no cohorts.</summary>
    public void Add(SeriesState series)
    {
        if (series.Profile.Cohort == CohortRule.None)
        {
            return;
        }

        var key = KeyOf(series);
        if (!_cohorts.TryGetValue(key, out var members))
        {
            _cohorts[key] = members = new SortedSet<SeriesState>(ById);
        }

        members.Add(series);
    }

    /// <summary>Forgets a series that a transaction made and took back.</summary>
    public void Remove(SeriesState series)
    {
        if (series.Profile.Cohort != CohortRule.None && _cohorts.TryGetValue(KeyOf(series), out var members))
        {
            members.Remove(series);
        }
    }

    /// <summary>Gives <paramref name="series"/>, which has seen nothing, what the most similar one has learned.</summary>
    public void Prime(SeriesState series, ReadOnlySpan<double> values, long timeMs)
    {
        if (_cohorts.TryGetValue(KeyOf(series), out var members) && Nearest(members, series, values, timeMs) is { } nearest)
        {
            var writer = new StateWriter();
            nearest.Pipeline.Save(writer);
            var reader = new StateReader(writer.Written);
            series.Pipeline.Load(ref reader);
        }
    }

    private static SeriesState? Nearest(SortedSet<SeriesState> members, SeriesState series, ReadOnlySpan<double> values, long timeMs)
    {
        var (nearest, least) = (default(SeriesState), double.MaxValue);
        var before = members.GetViewBetween(members.Min, series).Reverse().Where(s => s != series).Take(Reach);
        var after = members.GetViewBetween(series, members.Max).Where(s => s != series).Take(Reach);
        foreach (var other in before.Concat(after).Where(s => s.LastTimeMs >= 0 && s.LastTimeMs <= timeMs))
        {
            if (other.Pipeline.Judge(values, timeMs) is (var score, AlertLevel.None) && score < least)
            {
                (nearest, least) = (other, score);
            }
        }

        return nearest;
    }

    private static (string Profile, string Part, string Features) KeyOf(SeriesState series)
    {
        var name = series.Name;
        return (series.Profile.Identity, series.Profile.Cohort == CohortRule.LastPart ? name[(name.LastIndexOfAny(['/', '.', ':', '|']) + 1)..] : "", series.Features is { } order ? string.Join('\n', order.Names) : "");
    }
}
