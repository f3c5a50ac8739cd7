using Shouldly;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Batch;

/// <summary>The mixture where a component can hold fewer rows than there are features, and its starts.</summary>
public sealed class GmmBatchTests
{
    private const int Features = 60;
    private const int Normal = 90;
    private const int Odd = 15;

    [Fact]
    public void FitScore_AlmostAsManyFeaturesAsRows_RanksOddRowsHigh()
    {
        for (var seed = 1UL; seed <= 5; seed++)
        {
            WideRoc(new GmmBatchOptions(), seed).ShouldBeGreaterThan(0.95, $"seed {seed}");
        }

        Enumerable.Range(1, 5).Average(s => WideRoc(new GmmBatchOptions { RowsPerFeature = 0, Shrinkage = 0 }, (ulong)s))
            .ShouldBeLessThan(0.8, "maximum likelihood alone, as scikit-learn has it, hides the rows that get a component of their own");
    }

    [Fact]
    public void FitScore_ClusterOfDuplicatesFarOut_IsNotTakenForNormal()
    {
        var rows = Oracle.Table();
        for (var i = 0; i < 4 * 3; i++)
        {
            rows[i] = 40 + (i % 3);
        }

        FitScore(new GmmBatch(new GmmBatchOptions { Components = 3 }, 1), rows, 3)[..4].Min().ShouldBeGreaterThan(FitScore(new GmmBatch(new GmmBatchOptions(), 1), Oracle.Table(), 3).Average());
        FitScore(new GmmBatch(new GmmBatchOptions { Components = 3, RowsPerFeature = 0, Shrinkage = 0 }, 1), rows, 3)[..4].Max().ShouldBeLessThan(0);
    }

    [Fact]
    public void Fit_SeveralStarts_KeepsTheLikeliest()
    {
        var options = new GmmBatchOptions { Components = 6 };
        var one = FitScore(new GmmBatch(options, 3), Oracle.Table(), 3).Average();
        FitScore(new GmmBatch(options with { Starts = 10 }, 3), Oracle.Table(), 3).Average().ShouldBeLessThan(one);
    }

    [Fact]
    public void FitScore_FewerRowsThanFeatures_IsFinite() =>
        FitScore(new GmmBatch(new GmmBatchOptions(), 1), Wide()[..(20 * Features)], Features).ShouldAllBe(s => double.IsFinite(s));

    private static double WideRoc(GmmBatchOptions options, ulong seed) =>
        Oracle.RocAuc([.. Enumerable.Range(0, Normal + Odd).Select(i => i < Normal ? 0.0 : 1)], FitScore(new GmmBatch(options, seed), Wide(), Features));

    /// <summary>Rows near a plane of ten dimensions; the odd ones leave it in every direction.</summary>
    private static double[] Wide()
    {
        var (random, rows) = (new SeededRandom(4), new double[(Normal + Odd) * Features]);
        var plane = Enumerable.Range(0, 10 * Features).Select(_ => random.NextNormal()).ToArray();
        for (var row = 0; row < Normal + Odd; row++)
        {
            var place = Enumerable.Range(0, 10).Select(_ => random.NextNormal()).ToArray();
            for (var j = 0; j < Features; j++)
            {
                rows[(row * Features) + j] = place.Select((p, k) => p * plane[(k * Features) + j]).Sum() + ((row < Normal ? 0.01 : 0.6) * random.NextNormal());
            }
        }

        return rows;
    }

    private static double[] FitScore(IBatchDetector detector, double[] rows, int dimension)
    {
        var scores = new double[rows.Length / dimension];
        detector.FitScore(rows, dimension, scores);
        return scores;
    }
}
