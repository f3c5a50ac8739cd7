using System.Collections.Concurrent;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Contract;

/// <summary>What the contract suite feeds: a seeded daily season with noise, ten minutes a step.</summary>
internal sealed class ContractSeries(DetectorEntry entry, int dimension, ulong seed = 11)
{
    public const long StartMs = 1_700_000_000_000;
    public const long StepMs = 600_000;
    private static readonly ConcurrentDictionary<(string Name, int Dimension, ulong Seed), (byte[] State, int Steps, ulong Random)> Warmed = new();
    private static readonly string[] Only = (Environment.GetEnvironmentVariable("CONTRACT_DETECTORS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
    private readonly double[] _values = new double[dimension];
    private SeededRandom _random = new(seed);

    /// <summary>Every detector with one feature and, where it takes several, three; <c>CONTRACT_DETECTORS=a,b</c> in the environment narrows it while one is being written.</summary>
    public static TheoryData<string, int> Cases =>
        [.. DetectorCatalog.All.Where(e => Only.Length == 0 || Only.Contains(e.Name)).SelectMany(e => e.Traits.HasFlag(DetectorTraits.Multivariate) ? new[] { (e.Name, 1), (e.Name, 3) } : [(e.Name, 1)])];

    public int Dimension => dimension;

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

    public IDetector Create() => entry.Create(entry.Defaults(), new SeriesContext(dimension, 5));

    /// <summary>A detector that learned until it was warm and <paramref name="more"/> samples on.</summary>
    /// <param name="more">Samples after it became warm.</param>
    /// <param name="learnAnew">Learn every sample even though an equal detector's state is at hand.</param>
    public IDetector Warm(int more = 50, bool learnAnew = false)
    {
        var detector = Create();
        if (!learnAnew && Warmed.TryGetValue((entry.Name, dimension, seed), out var warmed))
        {
            var reader = new StateReader(warmed.State);
            detector.Load(ref reader);
            (Steps, _random) = (warmed.Steps, new SeededRandom(warmed.Random));
        }

        for (var limit = 60_000; !detector.IsWarm && limit > 0; limit--)
        {
            detector.Learn(Next());
        }

        Warmed[(entry.Name, dimension, seed)] = (StateOf(detector), Steps, _random.State);
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
