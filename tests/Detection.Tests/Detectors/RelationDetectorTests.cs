using Shouldly;
using Tidewatch.Detection.Detectors.Graphs;
using Tidewatch.Detection.Detectors.Statistics;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

/// <summary>Anomalies of relations: values that are usual by themselves.</summary>
public sealed class RelationDetectorTests
{
    [Fact]
    public void RunningCorrelation_AllHistory_IsPearsons()
    {
        var (random, a, b, running) = (new SeededRandom(1), new double[200], new double[200], new RunningCorrelation(2, 0));
        for (var i = 0; i < a.Length; i++)
        {
            a[i] = random.NextNormal();
            b[i] = (0.5 * a[i]) + random.NextNormal();
            running.Add([a[i], b[i]]);
        }

        running.Correlation(0, 1).ShouldBe(Oracle.Pearson(a, b), 1e-12);
        running.Mean(1).ShouldBe(b.Average(), 1e-12);
    }

    /// <summary>Two features move together; each value is usual, but not the pair.</summary>
    [Fact]
    public void GraphDeviation_FeatureAgainstItsNeighbor_IsAnomalous()
    {
        var detector = GraphDeviationDetector.Create(new GraphDeviationOptions(), new SeriesContext(3, 1));
        var random = new SeededRandom(2);
        for (var i = 0; i < 500; i++)
        {
            var common = random.NextNormal();
            detector.Learn(new Sample([common + (0.1 * random.NextNormal()), -common + (0.1 * random.NextNormal()), random.NextNormal()], i));
        }

        detector.Score(new Sample([1.5, -1.5, 0], 500)).ShouldBeLessThan(0.3);
        detector.Score(new Sample([1.5, 1.5, 0], 500)).ShouldBeGreaterThan(0.7);
    }

    /// <summary>Two pairs that move together; then a feature changes sides.</summary>
    [Fact]
    public void CommunityChange_FeatureChangesSides_IsAnomalous()
    {
        var detector = CommunityChangeDetector.Create(new CommunityChangeOptions(), new SeriesContext(4, 1));
        var random = new SeededRandom(3);
        for (var i = 0; i < 1_200; i++)
        {
            var (a, b) = (random.NextNormal(), random.NextNormal());
            double[] values = [a, a, i < 1_000 ? b : a, b];
            for (var k = 0; k < 4; k++)
            {
                values[k] += 0.3 * random.NextNormal();
            }

            var score = detector.Score(new Sample(values, i));
            if (i is > 400 and < 1_000)
            {
                score.ShouldBe(0, $"at {i}");
            }

            detector.Learn(new Sample(values, i));
        }

        detector.Raw(new Sample([0, 0, 0, 0], 1_200)).ShouldBe(0.5, "of the six pairs two came together and one parted");
    }

    /// <summary>Requests and load: a load of 10 is usual at 100 requests, and at 20 it is not.</summary>
    [Fact]
    public void Contextual_LoadWithoutRequests_IsAnomalous()
    {
        var detector = ContextualDetector.Create(new ContextualOptions(), new SeriesContext(2, 1));
        var random = new SeededRandom(4);
        for (var i = 0; i < 600; i++)
        {
            var requests = 20 + (80 * random.NextDouble());
            detector.Learn(new Sample([(requests / 10) + (0.2 * random.NextNormal()), requests], i));
        }

        detector.Score(new Sample([10, 100], 600)).ShouldBeLessThan(0.4);
        detector.Score(new Sample([10, 20], 600)).ShouldBeGreaterThan(0.8);
        detector.Score(new Sample([2, 20], 600)).ShouldBeLessThan(0.4);
    }
}
