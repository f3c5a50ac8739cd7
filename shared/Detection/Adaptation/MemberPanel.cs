using Tidewatch.Detection.Calibration;
using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>The detectors of one series, and how they come to one score: who votes, who takes over, who only learns.</summary>
internal sealed class MemberPanel
{
    private readonly Func<EnsembleMember>[] _create;
    private readonly EnsembleMember?[] _members;
    private readonly IEnsemble _ensemble;
    private readonly DriftAdaptation? _drift;
    private readonly SeatRotation? _rotation;
    private readonly ModelSelection? _selection;
    private readonly double[] _said;
    private readonly double[] _votes;
    private readonly int[] _voters;
    private readonly int _seats;
    private int _warm;

    /// <param name="profile">Ensemble, calibration and adaptation.</param>
    /// <param name="detectors">Those of the profile that vote at the beginning.</param>
    /// <param name="context">What they are made for.</param>
    public MemberPanel(DetectionProfile profile, IReadOnlyList<(DetectorEntry Entry, DetectorOptions Options)> detectors, SeriesContext context)
    {
        _ensemble = EnsembleCatalog.Create(profile.Ensemble);
        var calibrates = profile.Calibrate || _ensemble.Ranks;
        var adaptation = profile.Adaptation;
        int? blend = adaptation is { WatchesDrift: true } ? adaptation.Blend : null;
        _create = [.. detectors.Concat(profile.Spares).Select(d => (Func<EnsembleMember>)(() =>
            new EnsembleMember(d.Entry.Name, () => new CalibratedDetector(d.Entry.Create(d.Options, context), calibrates ? new TailCalibration() : null), blend)))];
        _members = Array.ConvertAll(_create, create => create());
        _seats = detectors.Count;
        _drift = adaptation is { WatchesDrift: true } ? new DriftAdaptation(adaptation, context) : null;
        _rotation = adaptation is { RotateEvery: > 0 } ? new SeatRotation(_seats, _members.Length, adaptation.RotateEvery) : null;
        _selection = adaptation is { SelectAfter: > 0 } ? new ModelSelection(_seats, adaptation.Keep, adaptation.SelectAfter, context) : null;
        (_said, _votes, _voters) = (new double[_members.Length], new double[_seats], new int[_seats]);
    }

    /// <summary>Drifts after which the members were trained anew, and the count of observations at the last one.</summary>
    public (int Count, long LastAt) Drifts => (_drift?.Drifts ?? 0, _drift?.DriftedAt ?? 0);

    /// <summary>Names of those that vote, in the order of their seats.</summary>
    public IEnumerable<string> Voting => Enumerable.Range(0, _seats).Select(seat => _members[HolderOf(seat)]?.Name).OfType<string>();

    /// <summary>The combined score, and the member with the highest one (-1 while all are cold).</summary>
    public (double Score, int Driver) Score(in Sample sample)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            _said[i] = _members[i] is { IsWarm: true } member ? member.Score(sample) : double.NaN;
        }

        if (_selection is { IsMade: false })
        {
            _selection.Observe(sample, _members);
        }

        var (driver, best) = (-1, -1.0);
        _warm = 0;
        for (var seat = 0; seat < _seats; seat++)
        {
            var score = _said[HolderOf(seat)];
            if (double.IsNaN(score))
            {
                continue;
            }

            (_votes[_warm], _voters[_warm]) = (score, seat);
            _warm++;
            if (score > best)
            {
                (driver, best) = (HolderOf(seat), score);
            }
        }

        return _warm == 0 ? (0, -1) : (_ensemble.Combine(_votes.AsSpan(0, _warm), _voters.AsSpan(0, _warm)), driver);
    }

    /// <summary>What the warm ones among the voting just said; null for one.</summary>
    public MemberScores? Votes() => _warm < 2 ? null : new MemberScores(
        [.. _voters[.._warm].Select(seat => _members[HolderOf(seat)]!.Name)], _votes[.._warm], scores => _ensemble.Combine(scores, _voters.AsSpan(0, scores.Length)));

    public IDetector DetectorOf(int member) => _members[member]!.Detector;

    public void Learn(in Sample sample)
    {
        foreach (var member in _members)
        {
            member?.Learn(sample);
        }
    }

    /// <summary>Follows the series: after an observation was scored and learned, or kept from being learned.</summary>
    /// <param name="sample">The observation.</param>
    /// <param name="score">Its combined score; null while all members were cold.</param>
    public void Adapt(in Sample sample, double? score)
    {
        _rotation?.Observe(_said);
        LetGo();
        _drift?.Observe(sample, score, _members);
    }

    public void Save(StateWriter writer)
    {
        _selection?.Save(writer);
        foreach (var member in _members)
        {
            member?.Save(writer);
        }

        _rotation?.Save(writer);
        _drift?.Save(writer);
    }

    public void Load(ref StateReader reader)
    {
        _selection?.Load(ref reader);
        LetGo();
        for (var i = 0; i < _members.Length; i++)
        {
            if (_selection?.Keeps(i) ?? true)
            {
                (_members[i] ??= _create[i]()).Load(ref reader);
            }
        }

        _rotation?.Load(ref reader);
        _drift?.Load(ref reader);
    }

    /// <summary>Members that were not chosen: they vote, learn and are saved no more.</summary>
    private void LetGo()
    {
        for (var i = 0; _selection is { IsMade: true } && i < _members.Length; i++)
        {
            _members[i] = _selection.Keeps(i) ? _members[i] : null;
        }
    }

    private int HolderOf(int seat) => _rotation?.HolderOf(seat) ?? seat;
}
