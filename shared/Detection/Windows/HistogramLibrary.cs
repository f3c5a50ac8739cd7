using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Windows;

/// <summary>The histogram of the last values, and those of earlier regimes that it is compared to by relative entropy.</summary>
/// <param name="window">Values in a histogram.</param>
/// <param name="bins">Equal bins over the range given to <see cref="Open"/>; one below and one above come to them.</param>
/// <param name="capacity">Histograms held at most; the oldest leaves.</param>
/// <param name="novelty">Divergence from which the newest histogram joins.</param>
internal sealed class HistogramLibrary(int window, int bins, int capacity, double novelty)
{
    private const double Smoothing = 0.5;
    private readonly byte[] _codes = new byte[window];
    private readonly int[] _counts = new int[bins + 2];
    private readonly int[] _scratch = new int[bins + 2];
    private readonly double[] _logs = Logs(window, bins);
    private readonly int[] _regimes = new int[capacity * (bins + 2)];
    private double _low;
    private double _high;
    private int _seen;
    private int _next;
    private int _joined;

    public bool IsOpen { get; private set; }

    private int Held => Math.Min(_joined, capacity);

    public void Open(double low, double high) => (_low, _high, IsOpen) = (low, high, true);

    public void Close()
    {
        IsOpen = false;
        (_seen, _next, _joined) = (0, 0, 0);
        Array.Clear(_counts);
    }

    /// <summary>2 W times the relative entropy to the nearest regime of the histogram that would end with <paramref name="value"/>; 0 before the first regime.</summary>
    public double Divergence(double value)
    {
        if (_seen + 1 < window || _joined == 0)
        {
            return 0;
        }

        _counts.CopyTo(_scratch, 0);
        _scratch[CodeOf(value)]++;
        if (_seen >= window)
        {
            _scratch[_codes[_next]]--;
        }

        return Nearest(_scratch);
    }

    public void Add(double value)
    {
        if (_seen >= window)
        {
            _counts[_codes[_next]]--;
        }

        _codes[_next] = (byte)CodeOf(value);
        _counts[_codes[_next]]++;
        _next = (_next + 1) % window;
        _seen = Math.Min(_seen + 1, window);
        if (_seen == window && (_joined == 0 || Nearest(_counts) > novelty))
        {
            Join();
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_low);
        writer.Write(_high);
        writer.Write(_seen);
        writer.Write(_next);
        writer.WriteArray<byte>(_codes);
        writer.Write(_joined);
        writer.WriteArray<int>(_regimes.AsSpan(0, Held * _counts.Length));
    }

    public void Load(ref StateReader reader)
    {
        Close();
        Open(reader.ReadDouble(), reader.ReadDouble());
        _seen = reader.ReadInt32(0, window);
        _next = reader.ReadInt32(0, window - 1);
        reader.ReadArray(_codes.AsSpan());
        for (var i = 0; i < _seen; i++)
        {
            _counts[_codes[i] < _counts.Length ? _codes[i] : throw new StateFormatException($"{_codes[i]} is not a bin")]++;
        }

        _joined = reader.ReadInt32(0, int.MaxValue);
        reader.ReadArray(_regimes.AsSpan(0, Held * _counts.Length));
        if (_regimes.AsSpan().ContainsAnyExceptInRange(0, window))
        {
            throw new StateFormatException("a histogram has a count outside its window");
        }
    }

    /// <summary>Logarithms of the smoothed share of each count: no other shares occur.</summary>
    private static double[] Logs(int window, int bins) =>
        [.. Enumerable.Range(0, window + 1).Select(c => Math.Log((c + Smoothing) / (window + (Smoothing * (bins + 2)))))];

    private int CodeOf(double value)
    {
        if (value < _low || value > _high)
        {
            return value < _low ? 0 : bins + 1;
        }

        var share = _high > _low ? (value - _low) / (_high - _low) : 0;
        return 1 + Math.Min(bins - 1, double.IsFinite(share) ? (int)(share * bins) : 0);
    }

    private double Nearest(ReadOnlySpan<int> counts)
    {
        var nearest = double.MaxValue;
        for (var regime = 0; regime < Held; regime++)
        {
            var sum = 0.0;
            var past = _regimes.AsSpan(regime * counts.Length, counts.Length);
            for (var bin = 0; bin < past.Length; bin++)
            {
                sum += (counts[bin] + Smoothing) * (_logs[counts[bin]] - _logs[past[bin]]);
            }

            nearest = Math.Min(nearest, sum);
        }

        return Math.Max(0, 2 * window * nearest / (window + (Smoothing * counts.Length)));
    }

    private void Join()
    {
        _counts.CopyTo(_regimes, _joined % capacity * _counts.Length);
        _joined = _joined == int.MaxValue ? capacity : _joined + 1;
    }
}
