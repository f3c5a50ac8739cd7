using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Calibration;

/// <summary>Turns a detector's score into surprise: how rare a score as high is among the detector's own past scores.</summary>
/// <remarks>
/// The past is a histogram of <see cref="Bins"/> equal bins over [0, 1]; at <see cref="Memory"/> scores all counts are halved, so that the old fades.
/// The tail beyond the 90th percentile is exponential with the mean excess as its scale, never above the empirical tail (peaks over threshold, Pickands 1975).
/// </remarks>
public sealed class TailCalibration
{
    /// <summary>Surprise, -log10 of the tail probability, that maps to 0.5: one score in 316.</summary>
    public const double Half = 2.5;

    private const int Bins = 512;
    private const int Memory = 12_000;
    private const int WarmUp = 100;
    private const double TailShare = 0.1;
    private readonly int[] _counts = new int[Bins];
    private int _total;

    /// <summary>Surprise mapped to [0, 1), monotone in <paramref name="score"/> but for the rounding to bins; 0 until enough scores were seen.</summary>
    public double Score(double score)
    {
        var surprise = _total < WarmUp ? 0 : Surprise(BinOf(score));
        return surprise / (surprise + Half);
    }

    /// <summary>Takes a score into the past.</summary>
    public void Add(double score)
    {
        _counts[BinOf(score)]++;
        if (++_total == Memory)
        {
            Halve();
        }
    }

    public void Save(StateWriter writer) => writer.WriteArray<int>(_counts);

    public void Load(ref StateReader reader)
    {
        reader.ReadArray<int>(_counts);
        var total = 0L;
        foreach (var count in _counts)
        {
            total += count >= 0 ? count : throw new StateFormatException($"{count} is not a count");
        }

        _total = total < Memory ? (int)total : throw new StateFormatException($"{total} scores are more than are kept");
    }

    private static int BinOf(double score) => Math.Min(Bins - 1, (int)(score * Bins));

    private double Surprise(int bin)
    {
        var (above, inTail, excess, percentile) = (0, 0, 0.0, -1);
        for (var i = Bins - 1; i >= 0; i--)
        {
            above += i >= bin ? _counts[i] : 0;
            if (percentile < 0 && inTail + _counts[i] >= TailShare * _total)
            {
                percentile = i;
            }

            inTail += percentile < 0 ? _counts[i] : 0;
            if (i <= bin && percentile >= 0)
            {
                break;
            }
        }

        for (var i = percentile + 1; i < Bins; i++)
        {
            excess += (double)_counts[i] * (i - percentile);
        }

        var empirical = (above + 1.0) / (_total + 1);
        var scale = inTail == 0 ? 0.5 : Math.Max(excess / inTail, 0.5);
        var fitted = bin > percentile && inTail > 0 ? (double)inTail / _total * Math.Exp(-(bin - percentile) / scale) : 1;
        return -Math.Log10(Math.Min(empirical, Math.Max(fitted, 1e-300)));
    }

    private void Halve()
    {
        _total = 0;
        for (var i = 0; i < Bins; i++)
        {
            _counts[i] >>= 1;
            _total += _counts[i];
        }
    }
}
