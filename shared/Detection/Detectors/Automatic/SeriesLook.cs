using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Automatic;

/// <summary>The first samples of a series, and what they look like.</summary>
/// <param name="dimension">Features of a sample.</param>
/// <param name="capacity">Samples looked at.</param>
internal sealed class SeriesLook(int dimension, int capacity)
{
    private const int FewValues = 12;
    private const double Regular = 0.8;
    private const double SameInterval = 0.1;
    private readonly double[] _values = new double[dimension * capacity];
    private readonly long[] _times = new long[capacity];

    public int Count { get; private set; }

    public bool IsComplete => Count == capacity;

    /// <summary>Sample <paramref name="index"/>, the first is 0.</summary>
    public Sample this[int index] => new(_values.AsSpan(index * dimension, dimension), _times[index]);

    /// <summary>Whether at least four of five intervals lie within a tenth of the median interval.</summary>
    public bool IsRegular
    {
        get
        {
            var intervals = Enumerable.Range(1, Count - 1).Select(i => (double)(_times[i] - _times[i - 1])).Order().ToArray();
            var median = intervals[intervals.Length / 2];
            return median > 0 && intervals.Count(i => Math.Abs(i - median) <= SameInterval * median) >= Regular * intervals.Length;
        }
    }

    /// <summary>Whether the first feature takes only a few different values, more than one, and whole ones: states and codes, not a measurement that is rounded.</summary>
    public bool IsDiscrete => Enumerable.Range(0, Count).Select(i => _values[i * dimension]).Distinct().Take(FewValues + 1).ToArray() is { Length: > 1 and <= FewValues } few && Array.TrueForAll(few, double.IsInteger);

    public void Add(in Sample sample)
    {
        sample.Values.CopyTo(_values.AsSpan(Count * dimension));
        _times[Count++] = sample.TimeMs;
    }

    public void Save(StateWriter writer)
    {
        writer.WriteArray<long>(_times.AsSpan(0, Count));
        writer.WriteArray<double>(_values.AsSpan(0, Count * dimension));
    }

    public void Load(ref StateReader reader)
    {
        var times = reader.ReadArray<long>(capacity - 1);
        Count = times.Length;
        times.CopyTo(_times, 0);
        reader.ReadArray(_values.AsSpan(0, Count * dimension));
    }
}
