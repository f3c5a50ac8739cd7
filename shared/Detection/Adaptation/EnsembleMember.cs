using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>One place of an ensemble: the detector that holds it, and for a while the one that takes over.</summary>
/// <param name="name">The detector's name.</param>
/// <param name="create">Makes one that has learned nothing.</param>
/// <param name="blend">Scores in which a successor's weight grows from 0 to 1; null where there never is a successor, which keeps it out of the state.</param>
internal sealed class EnsembleMember(string name, Func<CalibratedDetector> create, int? blend)
{
    private CalibratedDetector _holder = create();
    private CalibratedDetector? _successor;
    private int _blended;

    public string Name => name;

    public bool IsWarm => _holder.IsWarm;

    /// <summary>Whether a successor is about to take over.</summary>
    public bool IsChanging => _successor is not null;

    /// <summary>The one that has more weight: it explains.</summary>
    public IDetector Detector => (_blended * 2 > blend ? _successor ?? _holder : _holder).Detector;

    /// <summary>The score of a warm member, between the old and the new one's while they change places.</summary>
    public double Score(in Sample sample)
    {
        var score = _holder.Score(sample);
        if (_successor is not { IsWarm: true })
        {
            return score;
        }

        var weight = (double)++_blended / (blend!.Value + 1);
        score += weight * (_successor.Score(sample) - score);
        if (_blended > blend)
        {
            (_holder, _successor, _blended) = (_successor, null, 0);
        }

        return score;
    }

    public void Learn(in Sample sample)
    {
        _holder.Learn(sample);
        _successor?.Learn(sample);
    }

    /// <summary>Trains a successor from <paramref name="window"/>; it takes over once it is warm.</summary>
    public void Renew(SampleWindow window)
    {
        (_successor, _blended) = (create(), 0);
        _successor.Train(window);
    }

    public void Save(StateWriter writer)
    {
        _holder.Save(writer);
        if (blend is not null)
        {
            writer.Write(_successor is null ? -1 : _blended);
            _successor?.Save(writer);
        }
    }

    public void Load(ref StateReader reader)
    {
        _holder.Load(ref reader);
        if (blend is not { } most)
        {
            return;
        }

        var blended = reader.ReadInt32(-1, most);
        (_successor, _blended) = blended < 0 ? (null, 0) : (create(), blended);
        _successor?.Load(ref reader);
    }
}
