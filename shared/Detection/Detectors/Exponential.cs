using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors;

/// <summary>Exponentially weighted mean and variance (Finch 2009), started as plain averages so that the first value does not dominate.</summary>
internal struct Exponential(double rate)
{
    private readonly double _rate = rate;

    public long Count { get; private set; }

    public double Mean { get; private set; }

    public double Variance { get; private set; }

    public readonly double Deviation => Math.Sqrt(Math.Max(0, Variance));

    public void Add(double value)
    {
        Count++;
        var weight = Math.Max(_rate, 1.0 / Count);
        var difference = value - Mean;
        var step = weight * difference;
        Mean += step;
        Variance = (1 - weight) * (Variance + (difference * step));
    }

    public readonly void Save(StateWriter writer)
    {
        writer.Write(Count);
        writer.Write(Mean);
        writer.Write(Variance);
    }

    public void Load(ref StateReader reader)
    {
        Count = reader.ReadCount();
        Mean = reader.ReadDouble();
        Variance = reader.ReadDouble();
    }
}
