using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Charts;

/// <summary>Centre and deviation of a control chart: plain moments of the first values, then followed slowly or not at all.</summary>
internal struct ChartBaseline(int count, double adapt)
{
    private double _sumOfSquares;

    public long Count { get; private set; }

    public double Center { get; private set; }

    public readonly bool IsReady => Count >= count;

    /// <summary>Sample standard deviation, never 0.</summary>
    public readonly double Sigma => Spread.Of(Math.Sqrt(Math.Max(0, _sumOfSquares / Math.Max(1, count - 1))), Center);

    public readonly double Z(double value) => (value - Center) / Sigma;

    public void Add(double value)
    {
        Count++;
        var difference = value - Center;
        if (Count <= count)
        {
            Center += difference / Count;
            _sumOfSquares += difference * (value - Center);
        }
        else if (adapt > 0)
        {
            Center += adapt * difference;
            _sumOfSquares += adapt * ((difference * (value - Center) * (count - 1)) - _sumOfSquares);
        }
    }

    public readonly void Save(StateWriter writer)
    {
        writer.Write(Count);
        writer.Write(Center);
        writer.Write(_sumOfSquares);
    }

    public void Load(ref StateReader reader)
    {
        Count = reader.ReadCount();
        Center = reader.ReadDouble();
        _sumOfSquares = reader.ReadDouble();
    }
}
