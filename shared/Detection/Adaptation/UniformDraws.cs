using Tidewatch.Detection.Detectors;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>Uniform draws from the smallest box around everything observed. Drawing allocates nothing.</summary>
/// <param name="context">Features, and the seed of the draws.</param>
internal sealed class UniformDraws(SeriesContext context)
{
    private readonly double[] _least = [.. Enumerable.Repeat(double.PositiveInfinity, context.Dimension)];
    private readonly double[] _most = [.. Enumerable.Repeat(double.NegativeInfinity, context.Dimension)];
    private readonly double[] _drawn = new double[context.Dimension];
    private SeededRandom _random = new(context.Seed);

    /// <summary>Widens the box by <paramref name="sample"/> and draws from it, at the sample's own time; valid until the next draw.</summary>
    public Sample Next(in Sample sample)
    {
        for (var i = 0; i < _drawn.Length; i++)
        {
            var value = Bounded.Of(sample.Values[i]);
            (_least[i], _most[i]) = (Math.Min(_least[i], value), Math.Max(_most[i], value));
            var share = _random.NextDouble();
            _drawn[i] = ((1 - share) * _least[i]) + (share * _most[i]);
        }

        return new Sample(_drawn, sample.TimeMs);
    }

    public void Save(StateWriter writer)
    {
        writer.WriteArray<double>(_least);
        writer.WriteArray<double>(_most);
        writer.Write(_random.State);
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadArray(_least.AsSpan());
        reader.ReadArray(_most.AsSpan());
        for (var i = 0; i < _drawn.Length; i++)
        {
            var untouched = double.IsPositiveInfinity(_least[i]) && double.IsNegativeInfinity(_most[i]);
            if (!untouched && !(double.IsFinite(_least[i]) && double.IsFinite(_most[i]) && _least[i] <= _most[i]))
            {
                throw new StateFormatException($"{_least[i]} to {_most[i]} is not a range");
            }
        }

        _random = new SeededRandom(reader.ReadUInt64());
    }
}
