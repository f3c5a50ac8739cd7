using Tidewatch.Detection.State;

namespace Tidewatch.Benchmarks.Detectors;

/// <summary>A seeded season with noise, laid out in memory before the clock starts.</summary>
public sealed class BenchmarkSeries(int dimension)
{
    public const int Length = 8_192;
    private readonly double[] _values = Make(dimension);

    public ReadOnlySpan<double> this[int index] => _values.AsSpan((index & (Length - 1)) * dimension, dimension);

    private static double[] Make(int dimension)
    {
        var random = new SeededRandom(42);
        var values = new double[Length * dimension];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = 50 + (5 * Math.Sin(2 * Math.PI * (i / dimension) / 144)) + random.NextNormal();
        }

        return values;
    }
}
