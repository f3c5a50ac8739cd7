using Shouldly;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Detection.Detectors.Kernels;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

public sealed class OnlineModelTests
{
    /// <summary>By hand: a bin splits at leaf x 2^depth points, joins when they are gone, and its depth counts the bins still to be made in base 4.</summary>
    [Fact]
    public void OnlineIsolationTree_LearnAndForget_SplitsAndJoins()
    {
        var (tree, random) = (new OnlineIsolationTree(1, 4, 6), new SeededRandom(1));
        double[] values = [0, 1, 2, 3];
        tree.Depth([1]).ShouldBe(0);
        foreach (var value in values)
        {
            tree.Learn([value], ref random);
        }

        tree.Depth([1]).ShouldBe(1);
        tree.Forget([0]);
        tree.Depth([1]).ShouldBe(0);
        OnlineIsolationTree.PathLength(4, 16).ShouldBe(1);
    }

    /// <summary>The paper: on par with the isolation forest that sees the whole table. 500 rows with 20 planted outliers, each scored before it is learned, after one pass.</summary>
    [Fact]
    public void OnlineIsolationForest_SecondPass_FindsThePlantedOutliers()
    {
        var detector = OnlineIsolationForestDetector.Create(new OnlineIsolationForestOptions { Window = 500 }, new SeriesContext(3, 1));
        Oracle.RocAuc(Oracle.Column("table", "label"), SecondPass(detector, 1)).ShouldBeGreaterThan(0.93);
    }

    [Fact]
    public void RandomFourierFeatures_ManyFeatures_DotProductIsTheKernel()
    {
        var map = new RandomFourierFeatures(20_000, 2, 0.5, 3);
        var (a, b) = (new double[20_000], new double[20_000]);
        map.Map([0.3, -1], a);
        map.Map([1.1, 0.4], b);
        a.Zip(b, (x, y) => x * y).Sum().ShouldBe(Math.Exp(-0.5 * ((0.8 * 0.8) + (1.4 * 1.4))), 0.02);
    }

    /// <summary>Inside the boundary the raw statistic is 0.</summary>
    [Fact]
    public void OnlineOneClassSvm_ManyPasses_RanksLikeTheExactSolution()
    {
        var table = Oracle.Table();
        var exact = new double[500];
        ((IBatchDetector)new OneClassSvmBatch(new OneClassSvmBatchOptions { Nu = 0.05, Gamma = 1.0 / 3 }, 1)).FitScore(Standardized(table), 3, exact);
        var detector = OnlineOneClassSvmDetector.Create(new OnlineOneClassSvmOptions { Features = 1_024, Rate = 0.00003 }, new SeriesContext(3, 1));
        var scores = SecondPass(detector, 20);
        Oracle.Pearson([.. exact.Select(e => Math.Max(0, e))], scores).ShouldBeGreaterThan(0.93);
    }

    private static double[] Standardized(double[] table)
    {
        var scaled = new double[table.Length];
        for (var column = 0; column < 3; column++)
        {
            var values = table.Where((_, i) => i % 3 == column).ToArray();
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
            for (var row = 0; row < values.Length; row++)
            {
                scaled[(row * 3) + column] = (values[row] - mean) / deviation;
            }
        }

        return scaled;
    }

    private static double[] SecondPass(IDetector detector, int passes)
    {
        var (table, scores) = (Oracle.Table(), new double[500]);
        for (var i = 0; i < 500 * (passes + 1); i++)
        {
            var sample = new Sample(table.AsSpan(i % 500 * 3, 3), i);
            scores[i % 500] = detector.Raw(sample);
            detector.Learn(sample);
        }

        return scores;
    }
}
