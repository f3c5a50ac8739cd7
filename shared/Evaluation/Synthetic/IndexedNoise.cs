namespace Tidewatch.Evaluation.Synthetic;

/// <summary>Randomness as a pure function of seed, stream and index: any sample can be computed without those before it.</summary>
/// <remarks>The mixing function is that of SplitMix64 (Steele, Lea, Flood 2014).</remarks>
public readonly struct IndexedNoise(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const int Taps = 6;

    /// <summary>An independent stream of that name.</summary>
    public IndexedNoise Of(string stream)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in stream)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return new IndexedNoise(Mix(seed ^ hash));
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform(long index, int lane = 0) =>
        (Mix(seed + ((ulong)index * Golden) + ((ulong)lane * 0xD1B54A32D192ED03)) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public double Gaussian(long index, int lane = 0) =>
        Math.Sqrt(-2 * Math.Log(1 - Uniform(index, lane))) * Math.Cos(2 * Math.PI * Uniform(index, lane + 1000));

    /// <summary>Standard normal, correlated over a few neighbouring indices: a moving average with weights <paramref name="memory"/>^k, 0 (white) to below 1.</summary>
    public double Correlated(long index, double memory)
    {
        if (memory <= 0)
        {
            return Gaussian(index);
        }

        var (sum, squares, weight) = (0.0, 0.0, 1.0);
        for (var k = 0; k < Taps; k++, weight *= memory)
        {
            sum += weight * Gaussian(index - k);
            squares += weight * weight;
        }

        return sum / Math.Sqrt(squares);
    }

    /// <summary>A smooth wander in [-1, 1] that turns about once per unit of <paramref name="position"/>.</summary>
    public double Smooth(double position)
    {
        var knot = (long)Math.Floor(position);
        var x = position - knot;
        var ease = x * x * (3 - (2 * x));
        return (2 * ((Uniform(knot) * (1 - ease)) + (Uniform(knot + 1) * ease))) - 1;
    }

    private static ulong Mix(ulong z)
    {
        z += Golden;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
