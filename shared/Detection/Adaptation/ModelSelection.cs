using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>Which of a series' detectors stay: at a recorded count those with the least <see cref="MassVolume"/> area.</summary>
/// <remarks>
/// Counts the observations at which at least one candidate is warm. One that was warm at less than half of them was seen too little and comes after all others;
/// of equals the earlier named stays. What was compared by is let go afterwards.
/// </remarks>
/// <param name="candidates">Detectors to choose from, more than <paramref name="keep"/>.</param>
/// <param name="keep">Detectors that stay, at least 1.</param>
/// <param name="after">Observations before the choice, at least 1.</param>
/// <param name="context">Features, and the seed of the draws.</param>
internal sealed class ModelSelection(int candidates, int keep, int after, SeriesContext context)
{
    private UniformDraws _draws = new(context);
    private MassVolume[] _fits = Fits(candidates);
    private bool[] _kept = All(candidates);
    private int _count;
    private bool _isNews;

    /// <summary>Whether the choice was made.</summary>
    public bool IsMade { get; private set; }

    /// <summary>Whether <paramref name="candidate"/> votes and learns: all do until the choice.</summary>
    public bool Keeps(int candidate) => _kept[candidate];

    /// <summary>Takes an observation that no candidate has learned yet; makes the choice with the last one.</summary>
    /// <param name="sample">The observation.</param>
    /// <param name="members">The candidates.</param>
    /// <param name="scores">What each warm one said of the observation.</param>
    public void Observe(in Sample sample, EnsembleMember?[] members, ReadOnlySpan<double> scores)
    {
        var draw = _draws.Next(sample);
        var anyWarm = false;
        for (var i = 0; i < _fits.Length; i++)
        {
            if (members[i] is { IsWarm: true, Detector: var detector })
            {
                _fits[i].Add(scores[i], detector.Score(draw));
                anyWarm = true;
            }
        }

        if (anyWarm && ++_count == after)
        {
            Choose();
        }
    }

    /// <summary>True once after the choice was made by an observation.</summary>
    public bool TakeNews()
    {
        var isNews = _isNews;
        _isNews = false;
        return isNews;
    }

    public void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(IsMade);
        if (IsMade)
        {
            foreach (var kept in _kept)
            {
                writer.Write(kept);
            }

            return;
        }

        writer.Write(_count);
        _draws.Save(writer);
        foreach (var fit in _fits)
        {
            fit.Save(writer);
        }
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        (IsMade, _isNews) = (reader.ReadBool(), false);
        if (IsMade)
        {
            LoadKept(ref reader);
            return;
        }

        _count = reader.ReadInt32(0, after - 1);
        (_draws, _fits, _kept) = (new UniformDraws(context), Fits(candidates), All(candidates));
        _draws.Load(ref reader);
        foreach (var fit in _fits)
        {
            fit.Load(ref reader);
        }
    }

    private static MassVolume[] Fits(int count) => [.. Enumerable.Range(0, count).Select(_ => new MassVolume())];

    private static bool[] All(int count) => [.. Enumerable.Repeat(true, count)];

    private void LoadKept(ref StateReader reader)
    {
        for (var i = 0; i < candidates; i++)
        {
            _kept[i] = reader.ReadBool();
        }

        _fits = [];
        if (_kept.Count(k => k) != keep)
        {
            throw new StateFormatException($"{_kept.Count(k => k)} detectors were kept where {keep} are");
        }
    }

    private void Choose()
    {
        int[] best = [.. Enumerable.Range(0, candidates).OrderBy(i => 2L * _fits[i].Count < _count ? double.PositiveInfinity : _fits[i].Area()).Take(keep)];
        for (var i = 0; i < candidates; i++)
        {
            _kept[i] = best.Contains(i);
        }

        (IsMade, _isNews, _fits) = (true, true, []);
    }
}
