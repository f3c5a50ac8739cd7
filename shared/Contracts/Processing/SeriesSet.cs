using System.Numerics;

namespace Tidewatch.Contracts.Processing;

/// <summary>Series by their numbers, a bit each.</summary>
public sealed class SeriesSet
{
    private ulong[] _words = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>A set of its own with the same series; an empty one for null.</summary>
    public static SeriesSet CopyOf(SeriesSet? other) => new() { _words = [.. other?._words ?? []], Count = other?.Count ?? 0 };

    public bool Contains(int series) => series >> 6 < _words.Length && (_words[series >> 6] & (1UL << series)) != 0;

    public void Add(int series)
    {
        if (series >> 6 >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max((series >> 6) + 1, _words.Length * 2));
        }

        if (!Contains(series))
        {
            _words[series >> 6] |= 1UL << series;
            Count++;
        }
    }

    /// <summary>The first number from <paramref name="from"/> on that is not in the set.</summary>
    public int NextAbsent(int from)
    {
        var word = from >> 6;
        if (word >= _words.Length)
        {
            return from;
        }

        var absent = ~_words[word] & (ulong.MaxValue << from);
        while (absent == 0)
        {
            if (++word == _words.Length)
            {
                return word << 6;
            }

            absent = ~_words[word];
        }

        return (word << 6) + BitOperations.TrailingZeroCount(absent);
    }
}
