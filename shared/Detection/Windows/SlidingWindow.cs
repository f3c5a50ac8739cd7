using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Windows;

/// <summary>The last N values in a ring buffer with their mean and variance in O(1) a value.</summary>
/// <remarks>Sums are kept of differences to a reference value and recomputed once per turn of the ring, so that rounding cannot pile up.</remarks>
public sealed class SlidingWindow(int capacity)
{
    private readonly double[] _items = new double[capacity];
    private int _next;
    private double _reference;
    private double _sum;
    private double _sumOfSquares;

    public int Capacity => _items.Length;

    public int Count { get; private set; }

    public bool IsFull => Count == _items.Length;

    public double Mean => Count == 0 ? 0 : _reference + (_sum / Count);

    /// <summary>Population variance, at least 0.</summary>
    public double Variance
    {
        get
        {
            if (Count == 0)
            {
                return 0;
            }

            var mean = _sum / Count;
            return Math.Max(0, (_sumOfSquares / Count) - (mean * mean));
        }
    }

    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The value <paramref name="age"/> steps back, 0 being the newest; <paramref name="age"/> below <see cref="Count"/>.</summary>
    public double this[int age]
    {
        get
        {
            var index = _next - 1 - age;
            return _items[index < 0 ? index + _items.Length : index];
        }
    }

    /// <summary>The values in no particular order.</summary>
    public ReadOnlySpan<double> Unordered => _items.AsSpan(0, Count);

    public void Add(double value)
    {
        if (Count == 0)
        {
            _reference = value;
        }

        if (IsFull)
        {
            var leaving = _items[_next] - _reference;
            _sum -= leaving;
            _sumOfSquares -= leaving * leaving;
        }
        else
        {
            Count++;
        }

        _items[_next] = value;
        var entering = value - _reference;
        _sum += entering;
        _sumOfSquares += entering * entering;
        if (++_next == _items.Length)
        {
            _next = 0;
            Recompute();
        }
    }

    /// <summary>Copies the values, oldest first, into the first <see cref="Count"/> places of <paramref name="target"/>.</summary>
    public void CopyTo(Span<double> target)
    {
        var start = IsFull ? _next : 0;
        var tail = Count - start;
        _items.AsSpan(start, tail).CopyTo(target);
        _items.AsSpan(0, start).CopyTo(target[tail..]);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_next);
        writer.Write(_reference);
        writer.Write(_sum);
        writer.Write(_sumOfSquares);
        writer.WriteArray<double>(_items.AsSpan(0, Count));
    }

    public void Load(ref StateReader reader)
    {
        _next = reader.ReadInt32(0, _items.Length - 1);
        _reference = reader.ReadDouble();
        _sum = reader.ReadDouble();
        _sumOfSquares = reader.ReadDouble();
        var items = reader.ReadArray<double>(_items.Length);
        Count = items.Length;
        if (Count < _items.Length && _next != Count)
        {
            throw new StateFormatException($"a window of {Count} values cannot go on at {_next}");
        }

        items.CopyTo(_items, 0);
    }

    private void Recompute()
    {
        _reference = double.IsFinite(Mean) ? Mean : _items[0];
        (_sum, _sumOfSquares) = (0, 0);
        foreach (var item in Unordered)
        {
            var difference = item - _reference;
            _sum += difference;
            _sumOfSquares += difference * difference;
        }
    }
}
