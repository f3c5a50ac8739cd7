namespace Tidewatch.Api.Views;

/// <summary>The latest points of a series in order of event time. Grows by doubling up to its bound, then overwrites the oldest. Not thread-safe.</summary>
public sealed class PointRing(int capacity)
{
    private const int FirstSize = 64;
    private PointSample[] _items = new PointSample[Math.Min(FirstSize, capacity)];
    private int _start;

    public int Count { get; private set; }

    /// <summary>The newest point; only when there is one.</summary>
    public PointSample Last => _items[(_start + Count - 1) % _items.Length];

    /// <summary>Adds a point; false when it is not later than the newest, as after a redelivery.</summary>
    public bool Add(in PointSample point)
    {
        if (Count > 0 && point.TimeMs <= Last.TimeMs)
        {
            return false;
        }

        if (Count == _items.Length && Count < capacity)
        {
            Grow();
        }

        if (Count < _items.Length)
        {
            _items[(_start + Count++) % _items.Length] = point;
        }
        else
        {
            _items[_start] = point;
            _start = (_start + 1) % _items.Length;
        }

        return true;
    }

    /// <summary>A copy of the points at or after <paramref name="fromMs"/>, oldest first.</summary>
    public PointSample[] Since(long fromMs)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _items[(_start + middle) % _items.Length].TimeMs < fromMs ? (middle + 1, high) : (low, middle);
        }

        var copy = new PointSample[Count - low];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = _items[(_start + low + i) % _items.Length];
        }

        return copy;
    }

    private void Grow()
    {
        var larger = new PointSample[Math.Min(capacity, _items.Length * 2)];
        Since(long.MinValue).CopyTo(larger, 0);
        (_items, _start) = (larger, 0);
    }
}
