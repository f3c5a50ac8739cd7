using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Ensembles;

/// <summary>What people's judgements of a series' alerts do to its detectors' weights: Hedge (Freund, Schapire 1997). Each correction multiplies a detector's weight by exp(-rate x loss).</summary>
/// <remarks>
/// The loss is what the detector said of a false alarm, and what it lacked of 1 about a real anomaly. Detectors that were cold are asleep (Freund et al. 1997): their weights stay, and the others keep their sum. A share of
/// each step goes to all alike (fixed share: Herbster, Warmuth 1998), so that no weight falls below a twentieth of the mean, and a detector that was wrong once can come back. What the detectors said is remembered for
/// the last <see cref="Remembered"/> alerts; a correction of anything else moves no weight.
/// </remarks>
/// <param name="detectors">Detectors, at least 1.</param>
/// <param name="rate">How fast, above 0.</param>
public sealed class FeedbackWeights(int detectors, double rate)
{
    /// <summary>Alerts, opened or escalated, whose scores are remembered.</summary>
    public const int Remembered = 16;

    private const double Shared = 0.05;
    private readonly double[] _factors = [.. Enumerable.Repeat(1.0, detectors)];
    private readonly List<(long TimeMs, double[] Said)> _alerts = new(Remembered);

    /// <summary>What each detector's weight is multiplied by, above 0 and at most the number of detectors; 1 before the first correction.</summary>
    public ReadOnlySpan<double> Factors => _factors;

    /// <summary>Keeps what the detectors said of an alert's observation.</summary>
    /// <param name="timeMs">Its event time, Unix milliseconds.</param>
    /// <param name="said">A score in [0, 1] for each detector; NaN for one that is cold.</param>
    public void Remember(long timeMs, ReadOnlySpan<double> said)
    {
        if (_alerts.Count == Remembered)
        {
            _alerts.RemoveAt(0);
        }

        _alerts.Add((timeMs, said.ToArray()));
    }

    /// <summary>Takes a person's judgement of the observation at <paramref name="timeMs"/>.</summary>
    public void Correct(long timeMs, bool isAnomaly)
    {
        if (_alerts.FindIndex(a => a.TimeMs == timeMs) is >= 0 and var alert)
        {
            Move(_alerts[alert].Said, isAnomaly);
        }
    }

    /// <summary>The same weights, moved at another rate from now on.</summary>
    public FeedbackWeights At(double other)
    {
        var next = new FeedbackWeights(detectors, other);
        _factors.CopyTo(next._factors.AsSpan());
        next._alerts.AddRange(_alerts);
        return next;
    }

    public void Save(StateWriter writer)
    {
        writer.WriteArray<double>(_factors);
        writer.Write(_alerts.Count);
        foreach (var (timeMs, said) in _alerts)
        {
            writer.Write(timeMs);
            writer.WriteArray<double>(said);
        }
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadArray(_factors.AsSpan());
        if (!Array.TrueForAll(_factors, f => f > 0 && f < detectors + 1))
        {
            throw new StateFormatException($"{string.Join(", ", _factors)} are no weights of {detectors} detectors");
        }

        _alerts.Clear();
        for (var left = reader.ReadInt32(0, Remembered); left > 0; left--)
        {
            var (timeMs, said) = (reader.ReadInt64(), new double[detectors]);
            reader.ReadArray(said.AsSpan());
            _alerts.Add((timeMs, Array.TrueForAll(said, s => double.IsNaN(s) || s is >= 0 and <= 1) ? said : throw new StateFormatException("what a detector said lies outside 0 to 1")));
        }
    }

    private void Move(ReadOnlySpan<double> said, bool isAnomaly)
    {
        var (awake, before, after) = (0, 0.0, 0.0);
        for (var i = 0; i < said.Length; i++)
        {
            if (!double.IsNaN(said[i]))
            {
                (awake, before) = (awake + 1, before + _factors[i]);
                _factors[i] *= Math.Exp(-rate * (isAnomaly ? 1 - said[i] : said[i]));
                after += _factors[i];
            }
        }

        for (var i = 0; i < said.Length; i++)
        {
            if (!double.IsNaN(said[i]))
            {
                _factors[i] = ((1 - Shared) * _factors[i] * before / after) + (Shared * before / awake);
            }
        }
    }
}
