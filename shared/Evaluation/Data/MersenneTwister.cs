namespace Tidewatch.Evaluation.Data;

/// <summary>MT19937 (Matsumoto, Nishimura 1998) seeded and used as NumPy's <c>RandomState</c> does: the field's published samples can be drawn again.</summary>
public sealed class MersenneTwister
{
    private const int Length = 624;
    private const int Middle = 397;
    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Length; i++)
        {
            var last = _state[i - 1];
            _state[i] = (1812433253 * (last ^ (last >> 30))) + (uint)i;
        }
    }

    public uint NextUInt32()
    {
        if (_next == Length)
        {
            Twist();
        }

        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    /// <summary>0 to <paramref name="count"/> - 1 in random order: <c>numpy.random.RandomState(seed).permutation(count)</c>.</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var other = UpTo((uint)i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    /// <summary>0 to <paramref name="most"/>, both included: <c>numpy.random.RandomState(seed).randint(most + 1)</c>.</summary>
    public uint UpTo(uint most)
    {
        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(most);
        uint value;
        do
        {
            value = NextUInt32() & mask;
        }
        while (value > most);

        return value;
    }

    private void Twist()
    {
        for (var i = 0; i < Length; i++)
        {
            var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7FFFFFFF);
            _state[i] = _state[(i + Middle) % Length] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        }

        _next = 0;
    }
}
