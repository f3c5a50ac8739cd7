using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Calibration;

/// <summary>Turns raw scores into surprise: -log10 of the tail probability of a score among the detector's own past scores, 0 for the ordinary, 3 for one in a thousand.</summary>
/// <remarks>
/// Past means the last <paramref name="window"/>/2 to <paramref name="window"/> scores, in two generations of histograms. Within them the tail is empirical, (scores at least as high + 1)/(scores + 1).
/// A new maximum takes the tail of a Lomax (generalised Pareto) distribution above the 90th percentile, 0.1 (1 + excess/(4 mean excess))^-4, never above the empirical one: an exponential tail whose
/// rate is not known but guessed from few exceedances, so that a first step away from a flat past is not one in 10^300.
/// </remarks>
/// <param name="window">Scores that are remembered, 80 to 120,000.</param>
public sealed class SurpriseCalibrator(int window = 12_000)
{
    /// <summary>Scores before the first surprise.</summary>
    public const int WarmUp = 40;
    private const double TailShare = 0.1;
    private const double TailShape = 4;
    private const double LargestSurprise = 300;
    private readonly ScoreHistogram[] _generations = [new(), new()];
    private int _newest;

    public bool IsWarm => Count >= WarmUp;

    private int Count => _generations[0].Count + _generations[1].Count;

    private double Maximum => Math.Max(_generations[0].Maximum, _generations[1].Maximum);

    /// <summary>Surprise of <paramref name="raw"/>, at least 0; 0 until warm. Monotone in <paramref name="raw"/>.</summary>
    public double Surprise(double raw)
    {
        if (!IsWarm)
        {
            return 0;
        }

        var bin = ScoreHistogram.BinOf(raw);
        var isNewMaximum = raw > Maximum;
        var higher = isNewMaximum ? 0 : _generations[0].CountFrom(bin) + _generations[1].CountFrom(bin);
        var tail = (higher + 1.0) / (Count + 1);
        return Math.Clamp(-Math.Log10(isNewMaximum ? Math.Min(tail, TailBeyond(raw)) : tail), 0, LargestSurprise);
    }

    /// <summary>Takes <paramref name="raw"/> into the past.</summary>
    public void Add(double raw)
    {
        if (_generations[_newest].Count >= window / 2)
        {
            _newest = 1 - _newest;
            _generations[_newest].Clear();
        }

        _generations[_newest].Add(raw);
    }

    public void Save(StateWriter writer)
    {
        writer.Write((byte)_newest);
        _generations[0].Save(writer);
        _generations[1].Save(writer);
    }

    public void Load(ref StateReader reader)
    {
        var newest = reader.ReadByte();
        _newest = newest <= 1 ? newest : throw new StateFormatException($"{newest} is not a generation");
        _generations[0].Load(ref reader);
        _generations[1].Load(ref reader);
        if (Count > 2 * window)
        {
            throw new StateFormatException($"{Count} scores do not fit a window of {window}");
        }
    }

    private double TailBeyond(double raw)
    {
        var (wanted, seen, sum, bin) = (Math.Max(1, (int)(TailShare * Count)), 0, 0.0, ScoreHistogram.Bins);
        while (seen < wanted && bin > 0)
        {
            bin--;
            var count = Math.Min(wanted - seen, _generations[0].CountOf(bin) + _generations[1].CountOf(bin));
            seen += count;
            sum += count * ScoreHistogram.CenterOf(bin);
        }

        var threshold = ScoreHistogram.CenterOf(bin);
        var meanExcess = (sum / seen) - threshold;
        return meanExcess > 0 ? TailShare * Math.Pow(1 + ((raw - threshold) / (TailShape * meanExcess)), -TailShape) : 1;
    }
}
