using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Drift;

/// <summary>Options of <see cref="PageHinkleyTest"/>.</summary>
public sealed record PageHinkleyOptions
{
    /// <summary>Values before the first verdict, 1 to 1,000,000; default 30.</summary>
    [Range(1, 1_000_000)]
    public int MinimumCount { get; init; } = 30;

    /// <summary>Change of the mean that is tolerated, in the values' unit, 0 or more; default 0.005.</summary>
    [Range(0, double.MaxValue)]
    public double Delta { get; init; } = 0.005;

    /// <summary>Sum of deviations that is a drift, in the values' unit, above 0; default 50.</summary>
    [Range(double.Epsilon, double.MaxValue)]
    public double Threshold { get; init; } = 50;

    /// <summary>Share of the sum kept from value to value, 0 to 1; default 0.9999.</summary>
    [Range(0, 1)]
    public double Forgetting { get; init; } = 0.9999;

    /// <summary>Whether a falling mean is a drift too; default true.</summary>
    public bool BothSides { get; init; } = true;
}

/// <summary>Page-Hinkley test (Page 1954): how far the sum of deviations from the running mean has come from its extreme.</summary>
public sealed class PageHinkleyTest(PageHinkleyOptions options) : IDriftTest
{
    private int _count;
    private double _mean;
    private double _rise;
    private double _fall;
    private double _lowest = double.PositiveInfinity;
    private double _highest = double.NegativeInfinity;

    public string Name => "page-hinkley";

    public bool Update(double value)
    {
        _count = Math.Min(_count + 1, int.MaxValue - 1);
        _mean += (value - _mean) / _count;
        var deviation = value - _mean;
        _rise = (options.Forgetting * _rise) + deviation - options.Delta;
        _fall = (options.Forgetting * _fall) + deviation + options.Delta;
        _lowest = Math.Min(_lowest, _rise);
        _highest = Math.Max(_highest, _fall);
        if (_count < options.MinimumCount || !(_rise - _lowest > options.Threshold || (options.BothSides && _highest - _fall > options.Threshold)))
        {
            return false;
        }

        (_count, _mean, _rise, _fall, _lowest, _highest) = (0, 0, 0, 0, double.PositiveInfinity, double.NegativeInfinity);
        return true;
    }

    public void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_count);
        writer.Write(_mean);
        writer.Write(_rise);
        writer.Write(_fall);
        writer.Write(_lowest);
        writer.Write(_highest);
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _count = reader.ReadInt32(0, int.MaxValue - 1);
        _mean = reader.ReadDouble();
        _rise = reader.ReadDouble();
        _fall = reader.ReadDouble();
        _lowest = reader.ReadDouble();
        _highest = reader.ReadDouble();
    }
}
