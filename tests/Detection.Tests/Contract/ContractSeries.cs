using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Contract;

/// <summary>What the contract suite feeds: a seeded daily season with noise, ten minutes a step.</summary>
internal sealed class ContractSeries(DetectorEntry entry, int dimension, ulong seed = 11)
{
    public const long StartMs = 1_700_000_000_000;
    public const long StepMs = 600_000;
    private readonly double[] _values = new double[dimension];
    private SeededRandom _random = new(seed);

    public static TheoryData<string, int> Cases =>
        [.. DetectorCatalog.All.SelectMany(e => e.Traits.HasFlag(DetectorTraits.Multivariate) ? new[] { (e.Name, 1), (e.Name, 3) } : [(e.Name, 1)])];

    /// <summary>Steps given so far.</summary>
    public int Steps { get; private set; }

    public long TimeMs => StartMs + (Steps * StepMs);

    /// <summary>The next ordinary sample.</summary>
    public Sample Next()
    {
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] = 50 + (5 * Math.Sin(2 * Math.PI * (Steps + (7 * i)) / 144)) + _random.NextNormal();
        }

        return new Sample(_values, StartMs + (StepMs * Steps++));
    }

    /// <summary>The next sample with every feature at <paramref name="value"/>.</summary>
    public Sample Constant(double value)
    {
        Array.Fill(_values, value);
        return new Sample(_values, StartMs + (StepMs * Steps++));
    }

    /// <summary>A sample at the present step with every feature at <paramref name="value"/>; the series does not move on.</summary>
    public Sample Spike(double value)
    {
        Array.Fill(_values, value);
        return new Sample(_values, StartMs + (StepMs * Steps));
    }

    public IDetector Create(ulong contextSeed = 5) => entry.Create(entry.Defaults(), new SeriesContext(dimension, contextSeed));

    /// <summary>A detector that learned until it was warm and <paramref name="more"/> samples on.</summary>
    public IDetector Warm(int more = 50, ulong contextSeed = 5)
    {
        var detector = Create(contextSeed);
        for (var limit = 60_000; !detector.IsWarm && limit > 0; limit--)
        {
            detector.Learn(Next());
        }

        for (var i = 0; i < more; i++)
        {
            detector.Learn(Next());
        }

        return detector;
    }

    public static byte[] StateOf(IDetector detector)
    {
        var writer = new StateWriter();
        detector.Save(writer);
        return writer.Written.ToArray();
    }
}
