namespace Tidewatch.Detection.State;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): 8 bytes of state, the same sequence on every machine and release.</summary>
public struct SeededRandom(ulong seed)
{
    /// <summary>What each draw adds to the state: the n-th next draw begins at state + n times this.</summary>
    public const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>The whole state, to be saved and given back to the constructor.</summary>
    public ulong State { get; private set; } = seed;

    public ulong NextUInt64()
    {
        State += Increment;
        var z = State;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="bound"/>).</summary>
    public int Next(int bound) => (int)(((NextUInt64() >> 32) * (ulong)bound) >> 32);

    /// <summary>Standard normal by the polar method (Marsaglia 1964).</summary>
    public double NextNormal()
    {
        while (true)
        {
            var u = (2 * NextDouble()) - 1;
            var v = (2 * NextDouble()) - 1;
            var s = (u * u) + (v * v);
            if (s is > 0 and < 1)
            {
                return u * Math.Sqrt(-2 * Math.Log(s) / s);
            }
        }
    }
}
