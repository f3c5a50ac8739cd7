using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Windows;

/// <summary>The last N values in order of size: median and quantiles in O(1), median absolute deviation in O(log n), a new value in one search and one block move.</summary>
public sealed class SortedWindow(int capacity)
{
    private readonly double[] _ring = new double[capacity];
    private readonly double[] _sorted = new double[capacity];
    private int _next;

    public int Count { get; private set; }

    public int Capacity => capacity;

    public ReadOnlySpan<double> Sorted => _sorted.AsSpan(0, Count);

    public double Median => Quantile(0.5);

    public void Add(double value)
    {
        var end = Count;
        if (Count == capacity)
        {
            var leaving = Math.Max(0, Array.BinarySearch(_sorted, 0, Count, _ring[_next]));
            end = Count - 1;
            Array.Copy(_sorted, leaving + 1, _sorted, leaving, end - leaving);
        }

        var place = Array.BinarySearch(_sorted, 0, end, value);
        place = place < 0 ? ~place : place;
        Array.Copy(_sorted, place, _sorted, place + 1, end - place);
        _sorted[place] = value;
        _ring[_next] = value;
        _next = _next + 1 == capacity ? 0 : _next + 1;
        Count = end + 1;
    }

    /// <summary>The <paramref name="share"/> quantile, interpolated linearly (Hyndman, Fan 1996, type 7); 0 when empty.</summary>
    public double Quantile(double share)
    {
        if (Count == 0)
        {
            return 0;
        }

        var position = share * (Count - 1);
        var below = (int)position;
        var low = _sorted[below];
        return below + 1 < Count ? low + ((position - below) * (_sorted[below + 1] - low)) : low;
    }

    /// <summary>Median of the distances from <paramref name="center"/>, unscaled; 0 when empty.</summary>
    public double MedianDistance(double center)
    {
        if (Count == 0)
        {
            return 0;
        }

        var split = Array.BinarySearch(_sorted, 0, Count, center);
        split = split < 0 ? ~split : split;
        var upper = Distance(center, split, (Count / 2) + 1);
        return Count % 2 == 1 ? upper : (upper + Distance(center, split, Count / 2)) / 2;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_next);
        writer.WriteArray<double>(_ring.AsSpan(0, Count));
    }

    public void Load(ref StateReader reader)
    {
        _next = reader.ReadInt32(0, capacity - 1);
        var items = reader.ReadArray<double>(capacity);
        Count = items.Length;
        if (Array.Exists(items, double.IsNaN) || (Count < capacity && _next != Count))
        {
            throw new StateFormatException("a sorted window of these values cannot be");
        }

        items.CopyTo(_ring, 0);
        items.CopyTo(_sorted, 0);
        Array.Sort(_sorted, 0, Count);
    }

    /// <summary>The <paramref name="rank"/>-th smallest distance (from 1): two sorted runs, one on either side of <paramref name="split"/>, searched together.</summary>
    private double Distance(double center, int split, int rank)
    {
        var (low, high) = (Math.Max(0, rank - (Count - split)), Math.Min(rank, split));
        while (low < high)
        {
            var left = (low + high) >>> 1;
            if (center - _sorted[split - 1 - left] < _sorted[split + rank - left - 1] - center)
            {
                low = left + 1;
            }
            else
            {
                high = left;
            }
        }

        var onLeft = low > 0 ? center - _sorted[split - low] : 0;
        var onRight = rank - low > 0 ? _sorted[split + rank - low - 1] - center : 0;
        return Math.Max(onLeft, onRight);
    }
}
