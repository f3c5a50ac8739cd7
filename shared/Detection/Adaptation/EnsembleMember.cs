using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>One place of an ensemble: the detector that holds it, and for a while the one that takes over.</summary>
internal sealed class EnsembleMember
{
    private readonly MemberPlan _plan;
    private CalibratedDetector _holder;
    private Successor? _successor;

    /// <param name="plan">What is the same for every series.</param>
    /// <param name="context">What its detectors are made for.</param>
    public EnsembleMember(MemberPlan plan, SeriesContext context) => (_plan, _holder) = (plan, plan.Create(context));

    public string Name => _plan.Entry.Name;

    public bool IsWarm => _holder.IsWarm;

    /// <summary>Whether a successor is about to take over.</summary>
    public bool IsChanging => _successor is not null;

    /// <summary>The one that has more weight: it explains.</summary>
    public IDetector Detector => (_successor is { } successor && successor.Blended * 2 > _plan.Blend ? successor.Taking : _holder).Detector;

    /// <summary>The score of a warm member, between the old and the new one's while they change places.</summary>
    /// <param name="sample">The observation.</param>
    /// <param name="raw">What <see cref="Detector"/>, as it is afterwards, says by itself.</param>
    public double Score(in Sample sample, out double raw)
    {
        var score = _holder.Score(sample, out raw);
        if (_successor is not { Taking.IsWarm: true } successor)
        {
            return score;
        }

        score = Between(score, successor.Taking.Score(sample, out var rawOfNew), ++successor.Blended);
        raw = successor.Blended * 2 > _plan.Blend ? rawOfNew : raw;
        if (successor.Blended > _plan.Blend)
        {
            (_holder, _successor) = (successor.Taking, null);
        }

        return score;
    }

    /// <summary>The same score, and the member stays as it is.</summary>
    public double Judge(in Sample sample)
    {
        var score = _holder.Judge(sample, out _);
        return _successor is { Taking.IsWarm: true } successor ? Between(score, successor.Taking.Judge(sample, out _), successor.Blended + 1) : score;
    }

    public void Learn(in Sample sample)
    {
        _holder.Learn(sample);
        _successor?.Taking.Learn(sample);
    }

    /// <summary>Trains a successor from <paramref name="window"/>; it takes over once it is warm.</summary>
    public void Renew(SampleWindow window, SeriesContext context)
    {
        _successor = new Successor(_plan.Create(context));
        _successor.Taking.Train(window);
    }

    private double Between(double old, double taking, int blended) => old + ((double)blended / (_plan.Blend!.Value + 1) * (taking - old));

    public void Save(StateWriter writer)
    {
        _holder.Save(writer);
        if (_plan.Blend is not null)
        {
            writer.Write(_successor?.Blended ?? -1);
            _successor?.Taking.Save(writer);
        }
    }

    public void Load(ref StateReader reader, SeriesContext context)
    {
        _holder.Load(ref reader);
        if (_plan.Blend is not { } most)
        {
            return;
        }

        var blended = reader.ReadInt32(-1, most);
        _successor = blended < 0 ? null : new Successor(_plan.Create(context)) { Blended = blended };
        _successor?.Taking.Load(ref reader);
    }
}
