using Shouldly;
using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Batch;

public sealed class ExtendedIsolationForestTests
{
    /// <summary>Without slant it is the isolation forest, whose golden scores are scikit-learn's.</summary>
    [Fact]
    public void Score_LevelZero_AgreesWithScikitLearnsIsolationForest()
    {
        var (table, mean) = (Oracle.Table(), new double[500]);
        for (var seed = 0UL; seed < 20; seed++)
        {
            var forest = new ExtendedIsolationForest(100, 256, 3, 0);
            forest.Fit(table, seed);
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += forest.Score(table.AsSpan(i * 3, 3)) / 20;
            }
        }

        Oracle.Pearson(Oracle.Column("sklearn_scores", "isolation_forest_100x256_mean_of_30_seeds"), mean).ShouldBeGreaterThan(0.998);
    }

    /// <summary>The paper's case (section 2): between two clusters set crosswise, axis cuts leave ghosts at the empty corners; slanted cuts do not.</summary>
    [Fact]
    public void Score_TwoClusters_NoGhostsAtTheEmptyCorners()
    {
        var (random, rows) = (new SeededRandom(2), new double[2_000]);
        for (var i = 0; i < rows.Length; i += 2)
        {
            (rows[i], rows[i + 1]) = (random.NextNormal() + (i % 4 == 0 ? 10 : 0), random.NextNormal() + (i % 4 == 0 ? 0 : 10));
        }

        var (plain, extended) = (new ExtendedIsolationForest(200, 256, 2, 0), new ExtendedIsolationForest(200, 256, 2, 1));
        plain.Fit(rows, 1);
        extended.Fit(rows, 1);
        (extended.Score([0, 0]) - extended.Score([10, 0])).ShouldBeGreaterThan(1.2 * (plain.Score([0, 0]) - plain.Score([10, 0])));
    }
}
