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

        var blend = _plan.Blend!.Value;
        var weight = (double)++successor.Blended / (blend + 1);
        score += weight * (successor.Taking.Score(sample, out var rawOfNew) - score);
        raw = successor.Blended * 2 > blend ? rawOfNew : raw;
        if (successor.Blended > blend)
        {
            (_holder, _successor) = (successor.Taking, null);
        }

        return score;
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
