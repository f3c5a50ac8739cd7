using Shouldly;
using Xunit;

namespace Tidewatch.Detection.Tests.Contract;

/// <summary>What every detector of the catalogue promises, with default options, for one feature and for three.</summary>
public sealed class DetectorContractTests
{
    /// <summary>Detectors whose statistic is not monotone in the size of one value, and why.</summary>
    private static readonly Dictionary<string, string> NotMonotone = new(StringComparer.Ordinal)
    {
        ["spectral-residual"] = "saliency is relative to a spectrum that the spike itself changes",
        ["community-change"] = "looks at relations between features, not at size",
        ["online-one-class-svm"] = "random features of a far point are noise around the void",
        ["stuck-value"] = "looks at repetition, not at size",
        ["silence"] = "looks at times, not at values",
        ["convolution-memory"] = "distance in the encoder's space is not monotone in the size of one value",
        ["relative-entropy"] = "every value beyond the range falls into the same overflow bin, and one value moves a histogram little",
    };

    /// <summary>Detectors for which the ordinary series of this suite, a season with noise, is not ordinary.</summary>
    private static readonly Dictionary<string, string> SeasonIsUnusual = new(StringComparer.Ordinal)
    {
        ["shewhart"] = "control charts assume independent values: a season is out of control",
        ["cusum"] = "control charts assume independent values: a season is out of control",
        ["ewma-chart"] = "control charts assume independent values: a season is out of control",
    };

    public static TheoryData<string, int> Cases => ContractSeries.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_Warm_ChangesNoState(string name, int dimension)
    {
        var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
        var detector = series.Warm();
        detector.IsWarm.ShouldBeTrue();
        var before = ContractSeries.StateOf(detector);
        var first = detector.Score(series.Spike(70));
        for (var i = 0; i < 20; i++)
        {
            detector.Score(series.Next());
            detector.Raw(series.Next());
            detector.TryExpect(0, out _);
        }

        ContractSeries.StateOf(detector).ShouldBe(before);
        var again = new ContractSeries(DetectorCatalog.Get(name), dimension);
        again.Warm().Score(again.Spike(70)).ShouldBe(first);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_UntilWarm_IsZero(string name, int dimension)
    {
        var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
        var detector = series.Create();
        detector.IsWarm.ShouldBeFalse();
        for (var limit = 60_000; !detector.IsWarm && limit > 0; limit--)
        {
            var sample = series.Next();
            detector.Score(sample).ShouldBe(0);
            detector.Raw(sample).ShouldBe(0);
            detector.TryExpect(0, out _).ShouldBeFalse();
            detector.Learn(sample);
        }

        detector.IsWarm.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_OrdinarySeries_InRangeAndMostlyLow(string name, int dimension)
    {
        var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
        var detector = series.Warm();
        var high = 0;
        for (var i = 0; i < 600; i++)
        {
            var sample = series.Next();
            high += ScoreInRange(detector, sample) >= 0.5 ? 1 : 0;
            detector.Learn(sample);
        }

        if (SeasonIsUnusual.TryGetValue(name, out var reason))
        {
            Assert.Skip(reason);
        }

        high.ShouldBeLessThan(60, "at most a tenth of ordinary samples may reach the default threshold");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_ConstantSeries_StaysLow(string name, int dimension)
    {
        foreach (var value in new[] { 42, 0, -1e-3, 1e12 })
        {
            var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
            var detector = series.Create();
            for (var i = 0; i < 600; i++)
            {
                var sample = series.Constant(value);
                ScoreInRange(detector, sample).ShouldBeLessThan(0.5001, $"{value} at {i}");
                detector.Learn(sample);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_HugeTinyAndMixedValues_InRange(string name, int dimension)
    {
        double[] values = [1e308, -1e308, 1e-308, -double.Epsilon, 0, 1e155, double.MaxValue, double.MinValue, 1e-155, 1, 3e38, 3e-39];
        foreach (var scale in new[] { 1, 1e300, 1e-300, 0 })
        {
            var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
            var detector = scale == 1 ? series.Warm() : series.Create();
            for (var i = 0; i < 400; i++)
            {
                var sample = series.Constant(scale == 0 || (scale == 1 && i < 30) ? values[i % values.Length] : scale * (1 + (i % 7)));
                ScoreInRange(detector, sample);
                detector.Learn(sample);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Learn_OneValue_DoesNotWarmOrThrow(string name, int dimension)
    {
        var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
        var detector = series.Create();
        detector.Learn(series.Next());
        ScoreInRange(detector, series.Next());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_GrowingSpike_IsMonotone(string name, int dimension)
    {
        if (NotMonotone.TryGetValue(name, out var reason))
        {
            Assert.Skip(reason);
        }

        var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
        var detector = series.Warm();
        var last = 0.0;
        foreach (var height in new[] { 70.0, 80, 100, 150, 300, 1_000, 1e5, 1e8 })
        {
            var score = detector.Score(series.Spike(height));
            score.ShouldBeGreaterThanOrEqualTo(last - 1e-12, $"at {height}");
            last = score;
        }

        last.ShouldBeGreaterThan(0.5, "a spike of a hundred million is an anomaly");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_SameSeed_SameScores(string name, int dimension)
    {
        var (a, b) = (new ContractSeries(DetectorCatalog.Get(name), dimension), new ContractSeries(DetectorCatalog.Get(name), dimension));
        var (first, second) = (a.Warm(learnAnew: true), b.Warm(learnAnew: true));
        for (var i = 0; i < 200; i++)
        {
            first.Score(a.Next()).ShouldBe(second.Score(b.Next()));
        }

        ContractSeries.StateOf(first).ShouldBe(ContractSeries.StateOf(second));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ScoreLearn_Warm_AllocatesNothing(string name, int dimension)
    {
        var entry = DetectorCatalog.Get(name);
        if (!entry.Traits.HasFlag(DetectorTraits.AllocationFree))
        {
            Assert.Skip("does not promise it");
        }

        var series = new ContractSeries(entry, dimension);
        var detector = series.Warm(more: 600);
        detector.Score(series.Next());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 600; i++)
        {
            var sample = series.Next();
            detector.Score(sample);
            detector.TryExpect(0, out _);
            detector.Learn(sample);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static double ScoreInRange(IDetector detector, in Sample sample)
    {
        var raw = detector.Raw(sample);
        raw.ShouldBeGreaterThanOrEqualTo(0);
        double.IsFinite(raw).ShouldBeTrue();
        var score = detector.Score(sample);
        score.ShouldBeInRange(0, 1);
        return score;
    }
}
