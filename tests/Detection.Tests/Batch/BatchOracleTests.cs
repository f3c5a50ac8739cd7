using Shouldly;
using Tidewatch.Detection.Batch;
using Xunit;

namespace Tidewatch.Detection.Tests.Batch;

/// <summary>Each batch form against the library the field uses, on the same 500 rows.</summary>
public sealed class BatchOracleTests
{
    [Fact]
    public void Ecod_Table_EqualsPyod() => ShouldEqual(new EcodBatch(new EcodBatchOptions { PerFeature = true }), "pyod_ecod", 1e-12);

    [Fact]
    public void Copod_Table_EqualsPyod() => ShouldEqual(new CopodBatch(), "pyod_copod", 1e-12);

    [Fact]
    public void Hbos_TenBins_EqualsPyod() => ShouldEqual(new HbosBatch(new HbosBatchOptions()), "pyod_hbos_10", 1e-9);

    [Fact]
    public void Knn_FiveLargest_EqualsPyod() => ShouldEqual(new KnnBatch(new KnnBatchOptions(), 1), "pyod_knn_5_largest", 1e-12);

    [Fact]
    public void Knn_TenMean_EqualsPyod() =>
        ShouldEqual(new KnnBatch(new KnnBatchOptions { Neighbors = 10, Distance = NeighborDistance.Mean }, 1), "pyod_knn_10_mean", 1e-12);

    [Fact]
    public void Lof_Twenty_EqualsPyod() => ShouldEqual(new LofBatch(new LofBatchOptions(), 1), "pyod_lof_20", 1e-9);

    [Fact]
    public void Mahalanobis_Table_EqualsScikitLearn() => ShouldEqual(new MahalanobisBatch(new MahalanobisBatchOptions()), "mahalanobis_classic", 1e-9, "sklearn_scores");

    [Fact]
    public void IsolationForest_MeanOfThirtySeeds_AgreesWithScikitLearn()
    {
        var mean = new double[500];
        for (var seed = 0UL; seed < 30; seed++)
        {
            var scores = FitScore(new IsolationForestBatch(new IsolationForestBatchOptions(), seed));
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += scores[i] / 30;
            }
        }

        var expected = Oracle.Column("sklearn_scores", "isolation_forest_100x256_mean_of_30_seeds");
        Oracle.WorstError(expected, mean).ShouldBeLessThan(0.012);
        Oracle.Pearson(expected, mean).ShouldBeGreaterThan(0.999);
    }

    [Fact]
    public void Mcd_Table_EqualsScikitLearn() => ShouldEqual(new McdBatch(new McdBatchOptions(), 1), "mahalanobis_mcd", 1e-6, "sklearn_scores");

    [Fact]
    public void Gmm_TwoComponents_EqualsPyod() => ShouldEqual(new GmmBatch(new GmmBatchOptions { Components = 2, Ridge = 1e-6, Shrinkage = 0 }, 1), "pyod_gmm_2", 0.01);

    [Fact]
    public void OneClassSvm_RbfNu05_EqualsPyod() => ShouldEqual(new OneClassSvmBatch(new OneClassSvmBatchOptions { Nu = 0.05, Tolerance = 1e-5 }, 1), "pyod_ocsvm_rbf_nu05", 5e-3);

    [Fact]
    public void Pca_AllComponents_IsTheMahalanobisDistance() => ShouldEqual(new PcaBatch(new PcaBatchOptions { Variance = 1 }), "mahalanobis_classic", 1e-9, "sklearn_scores");

    [Fact]
    public void Cblof_EightClusters_RanksLikePyod()
    {
        var expected = Oracle.Column("table_scores", "pyod_cblof_8");
        var scores = FitScore(new CblofBatch(new CblofBatchOptions { Beta = 5 }, 1));
        Oracle.Spearman(expected, scores).ShouldBeGreaterThan(0.7, "k-means starts at random on either side");
        Oracle.RocAuc(Oracle.Column("table", "label"), scores).ShouldBeGreaterThan(Oracle.RocAuc(Oracle.Column("table", "label"), expected) - 0.005);
    }

    private static void ShouldEqual(IBatchDetector detector, string column, double tolerance, string file = "table_scores")
    {
        var expected = Oracle.Column(file, column);
        Oracle.WorstError(expected, FitScore(detector)).ShouldBeLessThan(tolerance);
    }

    private static double[] FitScore(IBatchDetector detector)
    {
        var table = Oracle.Table();
        var scores = new double[table.Length / 3];
        detector.FitScore(table, 3, scores);
        return scores;
    }
}
