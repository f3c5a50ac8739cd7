using System.Numerics;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Windows;

/// <summary>Squared Euclidean distances of the newest window of a series to its earlier windows, for every lag up to a horizon, in O(horizon) a value.</summary>
/// <remarks>
/// Along a diagonal of the distance matrix a window's sum gains one term and loses one (as the dot products of STOMP do: Zhu et al. 2016). Sums are single precision; every one of them is added up afresh
/// once per window length, and at once when the term that leaves outweighs what is left: no rounding error outlives the value that made it. Values are kept relative to the first one and limited to 1e17.
/// </remarks>
public sealed class LagDistances
{
    private const double Limit = 1e17;
    private const int Slack = 1024;
    private const float Precision = 1e-4f;
    private readonly int _window;
    private readonly int _horizon;
    private readonly float[] _sums;
    private readonly float[] _past;
    private double _reference;
    private long _count;
    private int _newest;
    private int _refresh;

    /// <param name="window">Values in a window, 2 to 1,000.</param>
    /// <param name="horizon">The largest lag, at least <paramref name="window"/>.</param>
    public LagDistances(int window, int horizon)
    {
        (_window, _horizon) = (window, horizon);
        _sums = new float[horizon + 1];
        _past = new float[horizon + window + 1 + Slack];
        _newest = _past.Length - horizon - window - 1;
    }

    /// <summary>Earlier windows that the window with one more value can be compared to: those that do not overlap it, up to the horizon.</summary>
    public int Candidates => (int)Math.Max(0, Math.Min(_horizon, _count - _window + 1) - _window + 1);

    /// <summary>Distance of the window that would end with <paramref name="value"/> to its k-th nearest earlier one; k = the length of <paramref name="nearest"/>, which is scratch; 0 with fewer candidates.</summary>
    public double Nearest(double value, Span<float> nearest)
    {
        if (Candidates < nearest.Length)
        {
            return 0;
        }

        nearest.Fill(float.MaxValue);
        var (entering, leaving) = (Relative(value), _past[_newest + _window - 1]);
        var (lag, last) = (_window, _window + Candidates - 1);
        var (enter, leave) = (new Vector<float>(entering), new Vector<float>(leaving));
        for (; lag + Vector<float>.Count - 1 <= last; lag += Vector<float>.Count)
        {
            var (added, removed) = (enter - Past(lag - 1), leave - Past(lag + _window - 1));
            var sums = new Vector<float>(_sums, lag) + (added * added) - (removed * removed);
            if (Vector.LessThanAny(sums, new Vector<float>(nearest[^1])))
            {
                var doubtful = removed * removed * Precision;
                for (var i = 0; i < Vector<float>.Count; i++)
                {
                    Insert(nearest, sums[i] < doubtful[i] ? Exact(lag + i, entering) : sums[i]);
                }
            }
        }

        for (; lag <= last; lag++)
        {
            Insert(nearest, Sum(lag, entering, leaving));
        }

        return Math.Sqrt(Math.Max(0, nearest[^1]));
    }

    /// <summary>Goes on by one value.</summary>
    public void Add(double value)
    {
        if (_count == 0)
        {
            _reference = Math.Clamp(value, -Limit, Limit);
        }

        var (entering, leaving) = (Relative(value), _past[_newest + _window - 1]);
        var (enter, leave) = (new Vector<float>(entering), new Vector<float>(leaving));
        var lag = 1;
        for (; lag + Vector<float>.Count - 1 <= _horizon; lag += Vector<float>.Count)
        {
            var (added, removed) = (enter - Past(lag - 1), leave - Past(lag + _window - 1));
            var (sums, doubtful) = (new Vector<float>(_sums, lag) + (added * added) - (removed * removed), removed * removed * Precision);
            sums.CopyTo(_sums, lag);
            for (var i = 0; Vector.LessThanAny(sums, doubtful) && i < Vector<float>.Count; i++)
            {
                _sums[lag + i] = sums[i] < doubtful[i] ? Exact(lag + i, entering) : sums[i];
            }
        }

        for (; lag <= _horizon; lag++)
        {
            _sums[lag] = Sum(lag, entering, leaving);
        }

        Push(entering);
        _count++;
        Refresh();
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_count);
        writer.Write(_reference);
        writer.Write(_refresh);
        writer.WriteArray<float>(_past.AsSpan(_newest, _horizon + _window));
        writer.WriteArray<float>(_sums);
    }

    public void Load(ref StateReader reader)
    {
        _count = reader.ReadInt64();
        _reference = reader.ReadDouble();
        _refresh = reader.ReadInt32(0, _horizon);
        _newest = _past.Length - _horizon - _window - 1;
        reader.ReadArray(_past.AsSpan(_newest, _horizon + _window));
        reader.ReadArray(_sums.AsSpan());
    }

    private static void Insert(Span<float> nearest, float sum)
    {
        var place = nearest.Length - 1;
        if (!(sum < nearest[place]))
        {
            return;
        }

        for (; place > 0 && nearest[place - 1] > sum; place--)
        {
            nearest[place] = nearest[place - 1];
        }

        nearest[place] = sum;
    }

    private float Relative(double value) => (float)Math.Clamp(Math.Clamp(value, -Limit, Limit) - _reference, -Limit, Limit);

    private Vector<float> Past(int age) => new(_past, _newest + age);

    private float Sum(int lag, float entering, float leaving)
    {
        var (added, removed) = (entering - _past[_newest + lag - 1], leaving - _past[_newest + lag + _window - 1]);
        var sum = _sums[lag] + (added * added) - (removed * removed);
        return sum < removed * removed * Precision ? Exact(lag, entering) : sum;
    }

    private float Exact(int lag, float entering)
    {
        var sum = 0f;
        for (var age = -1; age < _window - 1; age++)
        {
            var difference = (age < 0 ? entering : _past[_newest + age]) - _past[_newest + age + lag];
            sum += difference * difference;
        }

        return sum;
    }

    private void Push(float value)
    {
        if (_newest == 0)
        {
            var start = _past.Length - _horizon - _window;
            _past.AsSpan(0, _horizon + _window).CopyTo(_past.AsSpan(start));
            _newest = start;
        }

        _past[--_newest] = value;
    }

    private void Refresh()
    {
        for (var left = (_horizon / _window / Vector<float>.Count) + 1; left > 0; left--)
        {
            var lag = Math.Min(_refresh + 1, _horizon + 1 - Vector<float>.Count);
            var sums = Vector<float>.Zero;
            for (var age = 0; age < _window; age++)
            {
                var difference = new Vector<float>(_past[_newest + age]) - Past(age + lag);
                sums += difference * difference;
            }

            sums.CopyTo(_sums, lag);
            _refresh = lag + Vector<float>.Count > _horizon ? 0 : lag + Vector<float>.Count - 1;
        }
    }
}
