using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>The newest samples of a series with their times, in a ring. Adding allocates nothing.</summary>
/// <param name="capacity">Samples that are kept, at least 1.</param>
/// <param name="dimension">Features of each, at least 1.</param>
public sealed class SampleWindow(int capacity, int dimension)
{
    private readonly double[] _values = new double[capacity * dimension];
    private readonly long[] _times = new long[capacity];
    private int _next;

    public int Count { get; private set; }

    /// <summary>The sample at <paramref name="index"/> below <see cref="Count"/>; 0 is the oldest.</summary>
    public Sample this[int index]
    {
        get
        {
            var place = (_next - Count + index + capacity) % capacity;
            return new Sample(_values.AsSpan(place * dimension, dimension), _times[place]);
        }
    }

    public void Add(in Sample sample)
    {
        sample.Values.CopyTo(_values.AsSpan(_next * dimension, dimension));
        _times[_next] = sample.TimeMs;
        _next = (_next + 1) % capacity;
        Count = Math.Min(Count + 1, capacity);
    }

    /// <summary>From the oldest on, so that the place in the ring is no state.</summary>
    public void Save(StateWriter writer)
    {
        writer.Write(Count);
        for (var i = 0; i < Count; i++)
        {
            var sample = this[i];
            writer.Write(sample.TimeMs);
            foreach (var value in sample.Values)
            {
                writer.Write(value);
            }
        }
    }

    public void Load(ref StateReader reader)
    {
        var count = reader.ReadInt32(0, capacity);
        for (var i = 0; i < count; i++)
        {
            _times[i] = reader.ReadInt64();
            for (var j = 0; j < dimension; j++)
            {
                var value = reader.ReadDouble();
                _values[(i * dimension) + j] = double.IsFinite(value) ? value : throw new StateFormatException($"{value} was never observed");
            }
        }

        (Count, _next) = (count, count % capacity);
    }
}
