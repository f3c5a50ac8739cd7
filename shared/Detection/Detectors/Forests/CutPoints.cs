using System.Runtime.Intrinsics;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>The points that all trees of a random cut forest share: the last <paramref name="samples"/>, padded to whole vectors.</summary>
/// <remarks>Equal points stand together in one leaf, which the newest of them represents.</remarks>
internal sealed class CutPoints(int samples, int dimension)
{
    private readonly ushort[] _counts = new ushort[samples + 1];
    private readonly float[] _values = new float[(samples + 1) * Chunks(dimension) * Vector256<float>.Count];
    private int _next;

    /// <summary>Places: one more than points are kept, for the new one comes before the oldest goes.</summary>
    public int Capacity => samples + 1;

    /// <summary>Values of a padded point.</summary>
    public int Stride { get; } = Chunks(dimension) * Vector256<float>.Count;

    public int Count { get; private set; }

    /// <summary>Place of the oldest point.</summary>
    public int Oldest => (_next - Count + Capacity) % Capacity;

    /// <summary>Every padded point after the other.</summary>
    public ReadOnlySpan<float> All => _values;

    /// <summary>The padded point at <paramref name="place"/>.</summary>
    public ReadOnlySpan<float> this[int place] => _values.AsSpan(place * Stride, Stride);

    /// <summary>Points that the leaf of <paramref name="place"/> stands for; 0 when another one represents it.</summary>
    public int CountOf(int place) => _counts[place];

    /// <summary>Takes a padded point in; returns its place and whether one equals it.</summary>
    public (int Place, bool IsEqual) Add(ReadOnlySpan<float> point)
    {
        var (place, succeeds) = (_next, Find(point));
        point.CopyTo(_values.AsSpan(place * Stride));
        _counts[place] = 1;
        if (succeeds >= 0)
        {
            _counts[place] += _counts[succeeds];
            _counts[succeeds] = 0;
        }

        _next = place + 1 == Capacity ? 0 : place + 1;
        Count++;
        return (place, succeeds >= 0);
    }

    /// <summary>Lets the oldest point go.</summary>
    public void ForgetOldest()
    {
        var (place, representative) = (Oldest, Oldest);
        while (_counts[representative] == 0 || !this[representative].SequenceEqual(this[place]))
        {
            representative = representative + 1 == Capacity ? 0 : representative + 1;
        }

        Count--;
        _counts[representative]--;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_next);
        writer.Write(Count);
        for (var age = Count; age > 0; age--)
        {
            writer.WriteArray(this[(_next - age + Capacity) % Capacity]);
        }
    }

    public void Load(ref StateReader reader)
    {
        Array.Clear(_counts);
        var next = reader.ReadInt32(0, samples);
        var count = reader.ReadInt32(0, samples);
        _next = (next - count + Capacity) % Capacity;
        Count = 0;
        Span<float> point = new float[Stride];
        for (; count > 0; count--)
        {
            reader.ReadArray(point);
            foreach (var value in point)
            {
                if (!(Math.Abs(value) <= RandomCutForest.Limit))
                {
                    throw new StateFormatException($"{value} was never learned");
                }
            }

            Add(point);
        }
    }

    private static int Chunks(int dimension) => (dimension + Vector256<float>.Count - 1) / Vector256<float>.Count;

    private int Find(ReadOnlySpan<float> point)
    {
        for (var (place, left) = (Oldest, Count); left > 0; left--)
        {
            if (_counts[place] > 0 && this[place].SequenceEqual(point))
            {
                return place;
            }

            place = place + 1 == Capacity ? 0 : place + 1;
        }

        return -1;
    }
}
