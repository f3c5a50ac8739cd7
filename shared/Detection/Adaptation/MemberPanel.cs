using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>The detectors of one series, and how they come to one score: who votes, who takes over, who only learns.</summary>
internal sealed class MemberPanel
{
    private readonly SeriesContext _context;
    private readonly EnsembleMember?[] _members;
    private readonly DriftAdaptation? _drift;
    private readonly SeatRotation? _rotation;
    private readonly ModelSelection? _selection;
    private PanelPlan _plan;
    private FeedbackWeights? _weights;

    /// <param name="plan">What is the same for every series.</param>
    /// <param name="context">What its detectors are made for.</param>
    public MemberPanel(PanelPlan plan, SeriesContext context)
    {
        (_plan, _context) = (plan, context);
        _members = new EnsembleMember?[plan.Members.Length];
        for (var i = 0; i < _members.Length; i++)
        {
            _members[i] = new EnsembleMember(plan.Members[i], context);
        }

        var adaptation = plan.Adaptation;
        _drift = adaptation is { WatchesDrift: true } ? new DriftAdaptation(adaptation, context) : null;
        _rotation = adaptation is { RotateEvery: > 0 } ? new SeatRotation(plan.Seats, _members.Length, adaptation.RotateEvery) : null;
        _selection = adaptation is { SelectAfter: > 0 } ? new ModelSelection(plan.Seats, adaptation.Keep, adaptation.SelectAfter, context) : null;
        _weights = plan.FeedbackRate is { } rate ? new FeedbackWeights(_members.Length, rate) : null;
    }

    /// <summary>Members, those included that wait or were let go.</summary>
    public int Size => _members.Length;

    /// <summary>Drifts after which the members were trained anew, and the count of observations at the last one.</summary>
    public (int Count, long LastAt) Drifts => (_drift?.Drifts ?? 0, _drift?.DriftedAt ?? 0);

    /// <summary>Names of those that vote, in the order of their seats.</summary>
    public IEnumerable<string> Voting => Enumerable.Range(0, _plan.Seats).Select(seat => _members[HolderOf(seat)]?.Name).OfType<string>();

    /// <summary>The combined score, and the member with the highest one (-1 while all are cold).</summary>
    /// <param name="sample">The observation.</param>
    /// <param name="said">Takes what each of the <see cref="Size"/> members said; NaN for one that is cold or was let go.</param>
    public (double Score, int Driver) Score(in Sample sample, Span<double> said)
    {
        Span<double> raw = stackalloc double[_members.Length];
        for (var i = 0; i < _members.Length; i++)
        {
            said[i] = _members[i] is { IsWarm: true } member ? member.Score(sample, out raw[i]) : double.NaN;
        }

        if (_selection is { IsMade: false })
        {
            _selection.Observe(sample, _members, raw);
        }

        return Combine(said);
    }

    /// <summary>The same score, and every member stays as it is.</summary>
    public (double Score, int Driver) Judge(in Sample sample)
    {
        Span<double> said = stackalloc double[_members.Length];
        for (var i = 0; i < _members.Length; i++)
        {
            said[i] = _members[i] is { IsWarm: true } member ? member.Judge(sample) : double.NaN;
        }

        return Combine(said);
    }

    private (double Score, int Driver) Combine(ReadOnlySpan<double> said)
    {
        Span<double> votes = stackalloc double[_plan.Seats];
        Span<int> voters = stackalloc int[_plan.Seats];
        var warm = Collect(said, votes, voters);
        var (driver, best) = (-1, -1.0);
        for (var i = 0; i < warm; i++)
        {
            if (votes[i] > best)
            {
                (driver, best) = (HolderOf(voters[i]), votes[i]);
            }
        }

        Span<double> factors = stackalloc double[_weights is null ? 0 : warm];
        return warm == 0 ? (0, -1) : (_plan.Ensemble.Combine(votes[..warm], voters[..warm], FactorsOf(voters, factors)), driver);
    }

    /// <summary>What the warm ones among the voting have <paramref name="said"/>; null for one.</summary>
    public MemberScores? Votes(ReadOnlySpan<double> said)
    {
        var (votes, voters) = (new double[_plan.Seats], new int[_plan.Seats]);
        var warm = Collect(said, votes, voters);
        double[] factors = [.. FactorsOf(voters, new double[_weights is null ? 0 : warm])];
        return warm < 2 ? null : new MemberScores(
            [.. voters[..warm].Select(seat => _members[HolderOf(seat)]!.Name)], votes[..warm], scores => _plan.Ensemble.Combine(scores, voters.AsSpan(0, scores.Length), factors));
    }

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
    /// <param name="said">What the members said of it.</param>
    /// <param name="score">Its combined score; null while all members were cold.</param>
    public void Adapt(in Sample sample, ReadOnlySpan<double> said, double? score)
    {
        _rotation?.Observe(said);
        if (_selection?.TakeNews() == true)
        {
            LetGo(_selection);
        }

        _drift?.Observe(sample, score, _members);
    }

    /// <summary>Keeps what the members <paramref name="said"/> of an alert's observation, where corrections move weights.</summary>
    public void Remember(long timeMs, ReadOnlySpan<double> said) => _weights?.Remember(timeMs, said);

    /// <summary>Takes a person's judgement of the observation at <paramref name="timeMs"/>.</summary>
    public void Correct(long timeMs, bool isAnomaly) => _weights?.Correct(timeMs, isAnomaly);

    /// <summary>From now on corrections move the weights as <paramref name="plan"/> says, which differs in that alone; what they moved so far stays unless they move none.</summary>
    public void WeighBy(PanelPlan plan)
    {
        if (plan.FeedbackRate != _plan.FeedbackRate)
        {
            _weights = plan.FeedbackRate is { } rate ? _weights?.At(rate) ?? new FeedbackWeights(_members.Length, rate) : null;
        }

        _plan = plan;
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
        _weights?.Save(writer);
    }

    public void Load(ref StateReader reader)
    {
        if (_selection is not null)
        {
            _selection.Load(ref reader);
            LetGo(_selection);
        }

        for (var i = 0; i < _members.Length; i++)
        {
            if (_selection?.Keeps(i) ?? true)
            {
                (_members[i] ??= new EnsembleMember(_plan.Members[i], _context)).Load(ref reader, _context);
            }
        }

        _rotation?.Load(ref reader);
        _drift?.Load(ref reader);
        _weights?.Load(ref reader);
    }

    /// <summary>Members that were not chosen: they vote, learn and are saved no more.</summary>
    private void LetGo(ModelSelection selection)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            _members[i] = selection.Keeps(i) ? _members[i] : null;
        }
    }

    /// <summary>The scores of the seats whose holders are warm, and those seats; gives their number.</summary>
    private int Collect(ReadOnlySpan<double> said, Span<double> votes, Span<int> voters)
    {
        var warm = 0;
        for (var seat = 0; seat < _plan.Seats; seat++)
        {
            if (said[HolderOf(seat)] is var score && !double.IsNaN(score))
            {
                (votes[warm], voters[warm]) = (score, seat);
                warm++;
            }
        }

        return warm;
    }

    /// <summary>The factors of the weights of <paramref name="seats"/>' holders; none where corrections move none.</summary>
    private ReadOnlySpan<double> FactorsOf(ReadOnlySpan<int> seats, Span<double> factors)
    {
        for (var i = 0; i < factors.Length; i++)
        {
            factors[i] = _weights!.Factors[HolderOf(seats[i])];
        }

        return factors;
    }

    private int HolderOf(int seat) => _rotation?.HolderOf(seat) ?? seat;
}
