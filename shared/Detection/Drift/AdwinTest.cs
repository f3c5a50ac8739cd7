using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Drift;

/// <summary>Options of <see cref="AdwinTest"/>.</summary>
public sealed record AdwinOptions
{
    /// <summary>Significance of a cut, 1e-9 to 0.5; default 0.002.</summary>
    [Range(1e-9, 0.5)]
    public double Delta { get; init; } = 0.002;

    /// <summary>Values between two looks for a cut, 1 to 100,000; default 32.</summary>
    [Range(1, 100_000)]
    public int Clock { get; init; } = 32;

    /// <summary>Values before the first look, 1 to 100,000; default 10.</summary>
    [Range(1, 100_000)]
    public int Grace { get; init; } = 10;

    /// <summary>Values on either side of a cut at least, 1 to 10,000; default 5.</summary>
    [Range(1, 10_000)]
    public int MinimumLength { get; init; } = 5;
}

/// <summary>Adaptive windowing (Bifet, Gavaldà 2007): the longest recent window without a significant change of mean, in buckets of doubling size.</summary>
/// <remarks>At most 5 buckets of each size: O(log window) memory, a few kilobytes at most.</remarks>
public sealed class AdwinTest(AdwinOptions options) : IDriftTest
{
    private const int PerRow = 5;
    private const int Slots = PerRow + 1;
    private const int Rows = 48;
    private readonly double[] _totals = new double[Rows * Slots];
    private readonly double[] _variances = new double[Rows * Slots];
    private readonly int[] _used = new int[Rows];
    private int _rows = 1;
    private int _tick;
    private double _total;
    private double _variance;

    public string Name => "adwin";

    /// <summary>Values in the window.</summary>
    public double Width { get; private set; }

    /// <summary>Mean of the window.</summary>
    public double Mean => Width > 0 ? _total / Width : 0;

    public bool Update(double value)
    {
        Insert(value);
        _tick = (_tick + 1) % options.Clock;
        if (_tick != 0 || Width <= options.Grace)
        {
            return false;
        }

        var drift = false;
        while (FindsCut())
        {
            drift = true;
            DropOldest();
        }

        return drift;
    }

    public void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_rows);
        writer.Write(_tick);
        writer.Write(_total);
        writer.Write(_variance);
        writer.Write(Width);
        writer.WriteArray<int>(_used);
        writer.WriteArray<double>(_totals.AsSpan(0, _rows * Slots));
        writer.WriteArray<double>(_variances.AsSpan(0, _rows * Slots));
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _rows = reader.ReadInt32(1, Rows);
        _tick = reader.ReadInt32(0, options.Clock - 1);
        _total = reader.ReadDouble();
        _variance = reader.ReadDouble();
        Width = reader.ReadDouble();
        reader.ReadArray(_used.AsSpan());
        reader.ReadArray(_totals.AsSpan(0, _rows * Slots));
        reader.ReadArray(_variances.AsSpan(0, _rows * Slots));
        var width = 0.0;
        for (var row = 0; row < Rows; row++)
        {
            if (_used[row] < 0 || _used[row] > PerRow || (row >= _rows && _used[row] > 0))
            {
                throw new StateFormatException($"{_used[row]} buckets in row {row} cannot be");
            }

            width += _used[row] * SizeOf(row);
        }

        Width = width == Width ? width : throw new StateFormatException($"buckets of {width} values are no window of {Width}");
    }

    private static double SizeOf(int row) => 1L << row;

    private void Insert(double value)
    {
        Push(0, value, 0);
        Width++;
        if (Width > 1)
        {
            var difference = value - (_total / (Width - 1));
            _variance += (Width - 1) * difference * difference / Width;
        }

        _total += value;
        for (var row = 0; row < _rows && _used[row] > PerRow; row++)
        {
            Merge(row);
        }
    }

    private void Push(int row, double total, double variance)
    {
        var place = (row * Slots) + _used[row]++;
        (_totals[place], _variances[place]) = (total, variance);
    }

    private void Merge(int row)
    {
        var first = row * Slots;
        var size = SizeOf(row);
        var difference = (_totals[first] - _totals[first + 1]) / size;
        var (total, variance) = (_totals[first] + _totals[first + 1], _variances[first] + _variances[first + 1] + (size * difference * difference / 2));
        Shift(row, 2);
        if (row + 1 < Rows)
        {
            _rows = Math.Max(_rows, row + 2);
            Push(row + 1, total, variance);
        }
    }

    private void Shift(int row, int by)
    {
        var first = row * Slots;
        Array.Copy(_totals, first + by, _totals, first, Slots - by);
        Array.Copy(_variances, first + by, _variances, first, Slots - by);
        Array.Clear(_totals, first + Slots - by, by);
        Array.Clear(_variances, first + Slots - by, by);
        _used[row] -= by;
    }

    private void DropOldest()
    {
        var row = _rows - 1;
        var size = SizeOf(row);
        var (total, variance) = (_totals[row * Slots], _variances[row * Slots]);
        Width -= size;
        _total -= total;
        var difference = (total / size) - (Width > 0 ? _total / Width : 0);
        _variance = Math.Max(0, _variance - (variance + (size * Width * difference * difference / (size + Width))));
        Shift(row, 1);
        while (_rows > 1 && _used[_rows - 1] == 0)
        {
            _rows--;
        }
    }

    /// <summary>Whether the window, cut between any two buckets from the oldest on, has means that differ by more than chance.</summary>
    private bool FindsCut()
    {
        var (oldCount, oldTotal) = (0.0, 0.0);
        for (var row = _rows - 1; row >= 0; row--)
        {
            for (var k = 0; k < _used[row]; k++)
            {
                oldCount += SizeOf(row);
                oldTotal += _totals[(row * Slots) + k];
                var newCount = Width - oldCount;
                if (newCount >= options.MinimumLength && oldCount >= options.MinimumLength && Differ(oldCount, newCount, (oldTotal / oldCount) - ((_total - oldTotal) / newCount)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Differ(double oldCount, double newCount, double difference)
    {
        var confidence = Math.Log(2 * Math.Log(Width) / options.Delta);
        var harmonic = (1 / (oldCount - options.MinimumLength + 1)) + (1 / (newCount - options.MinimumLength + 1));
        var bound = Math.Sqrt(2 * harmonic * (_variance / Width) * confidence) + (2.0 / 3 * confidence * harmonic);
        return Math.Abs(difference) > bound;
    }
}
