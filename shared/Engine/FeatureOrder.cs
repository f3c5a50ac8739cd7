using System.Text;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Detection.State;

namespace Tidewatch.Engine;

/// <summary>The named features of a series in byte order of their names, whatever the order of each message.</summary>
internal sealed class FeatureOrder
{
    private readonly byte[][] _names;
    private readonly int[] _places;

    private FeatureOrder(byte[][] names)
    {
        _names = names;
        _places = [.. Enumerable.Range(0, names.Length)];
        Names = [.. names.Select(Encoding.UTF8.GetString)];
    }

    public int Count => _names.Length;

    public IReadOnlyList<string> Names { get; }

    /// <summary>The order that <paramref name="frame"/>'s features fix; null when a name is given twice.</summary>
    public static FeatureOrder? Of(ObservationFrame frame)
    {
        var names = new byte[frame.Values.Length][];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = frame.FeatureName(i).ToArray();
        }

        Array.Sort(names, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        for (var i = 1; i < names.Length; i++)
        {
            if (names[i].AsSpan().SequenceEqual(names[i - 1]))
            {
                return null;
            }
        }

        return new FeatureOrder(names);
    }

    /// <summary>Puts the frame's values into the fixed order; false when it names other features.</summary>
    /// <remarks>The places of the last message are tried first: producers keep their order, so the search is rare.</remarks>
    public bool TryArrange(ObservationFrame frame, Span<double> values)
    {
        if (!frame.HasFeatures || frame.Values.Length != _names.Length)
        {
            return false;
        }

        var seen = 0UL;
        for (var i = 0; i < _names.Length; i++)
        {
            var name = frame.FeatureName(i);
            if (!name.SequenceEqual(_names[_places[i]]))
            {
                var place = Find(name);
                if (place < 0)
                {
                    return false;
                }

                _places[i] = place;
            }

            values[_places[i]] = frame.Values[i];
            seen |= 1UL << _places[i];
        }

        return System.Numerics.BitOperations.PopCount(seen) == _names.Length;
    }

    public void Save(StateWriter writer)
    {
        foreach (var name in _names)
        {
            writer.WriteArray<byte>(name);
        }
    }

    public static FeatureOrder Load(ref StateReader reader, int count)
    {
        var names = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            names[i] = reader.ReadArray<byte>(ObservationCodec.MaxNameBytes);
        }

        return new FeatureOrder(names);
    }

    private int Find(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
