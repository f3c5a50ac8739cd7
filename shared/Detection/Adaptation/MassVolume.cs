using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>
/// Area under the mass-volume curve of one detector without labels: the share of the space that its least anomalous region fills when it holds the share α of what was observed,
/// on average over α from 0.9 to 0.999 (Goix 2016, "How to evaluate the quality of unsupervised anomaly detection algorithms?").
/// </summary>
/// <remarks>
/// Both shares come from histograms of <see cref="Bins"/> equal bins over [0, 1], one of observed scores, one of the scores of uniform draws; the volume is that of whole bins,
/// so that a score which says the same of everything fills all space. Adding allocates nothing.
/// </remarks>
internal sealed class MassVolume
{
    private const int Bins = 512;
    private const int Levels = 100;
    private const double LowestMass = 0.9;
    private const double Step = 0.001;
    private readonly int[] _observed = new int[Bins];
    private readonly int[] _drawn = new int[Bins];

    /// <summary>Pairs of an observation and a draw that were taken.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the scores, in [0, 1], of an observation and of a uniform draw.</summary>
    public void Add(double observed, double drawn)
    {
        _observed[BinOf(observed)]++;
        _drawn[BinOf(drawn)]++;
        Count++;
    }

    /// <summary>The area in [0, 1], small for a detector that tells the observed from the rest of the space; 1 before the first pair.</summary>
    public double Area()
    {
        if (Count == 0)
        {
            return 1;
        }

        var (bin, mass, volume, area) = (0, _observed[0], _drawn[0], 0.0);
        for (var level = 0; level < Levels; level++)
        {
            var needed = (LowestMass + (Step * level)) * Count;
            while (mass < needed)
            {
                bin++;
                mass += _observed[bin];
                volume += _drawn[bin];
            }

            area += (double)volume / Count / Levels;
        }

        return area;
    }

    public void Save(StateWriter writer)
    {
        writer.WriteArray<int>(_observed);
        writer.WriteArray<int>(_drawn);
    }

    public void Load(ref StateReader reader)
    {
        var observed = Read(ref reader, _observed);
        var drawn = Read(ref reader, _drawn);
        Count = observed == drawn ? observed : throw new StateFormatException($"{observed} observed and {drawn} drawn scores are not pairs");
    }

    private static int BinOf(double score) => Math.Min(Bins - 1, (int)(score * Bins));

    private static int Read(ref StateReader reader, int[] counts)
    {
        reader.ReadArray(counts.AsSpan());
        var total = 0L;
        foreach (var count in counts)
        {
            total += count >= 0 ? count : throw new StateFormatException($"{count} is not a count");
        }

        return total <= int.MaxValue ? (int)total : throw new StateFormatException($"{total} scores are more than can be counted");
    }
}
