using Shouldly;
using Tidewatch.Detection.Detectors.Forests;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

public sealed class HalfSpaceTreesTests
{
    /// <summary>River's score is 1 - sum over the path of mass x 2^depth; ours takes the end of the path, as the paper does: same order, not same numbers.</summary>
    [Fact]
    public void Mass_MeanOfTenSeeds_RanksLikeRiver()
    {
        var series = Oracle.Series();
        var golden = Oracle.Column("series_forests", "river_half_space_trees_25x8_w250_mean_of_10_seeds");
        var ours = new double[series.Length];
        for (var seed = 0UL; seed < 10; seed++)
        {
            var trees = new HalfSpaceTrees(25, 8, 1);
            trees.Grow([0], [20], seed);
            for (var i = 0; i < series.Length; i++)
            {
                float[] row = [(float)series[i]];
                ours[i] -= i < 250 ? 0 : trees.Mass(row, 25);
                trees.Count(row);
                if ((i + 1) % 250 == 0)
                {
                    trees.Turn();
                }
            }
        }

        Oracle.Spearman(golden[260..], ours[260..]).ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void Mass_OneTreeByHand_IsTheLeafTimesItsDepth()
    {
        var trees = new HalfSpaceTrees(1, 2, 1);
        trees.Grow([0], [1], 3);
        for (var i = 0; i < 100; i++)
        {
            trees.Count([-5f]);
        }

        trees.Mass([-5f], 10).ShouldBe(0);
        trees.Turn();
        trees.Mass([-5f], 10).ShouldBe(400);
        trees.Mass([5f], 10).ShouldBe(0);
        trees.Turn();
        trees.Mass([-5f], 10).ShouldBe(0);
    }

    [Fact]
    public void Score_PlantedSpike_ExceedsTheSeason()
    {
        var detector = HalfSpaceTreesDetector.Create(new HalfSpaceTreesOptions(), new SeriesContext(1, 1));
        var series = Oracle.Series();
        var ordinary = 0.0;
        for (var i = 0; i < 400; i++)
        {
            ordinary = Math.Max(ordinary, detector.Score(new Sample([series[i]], i)));
            detector.Learn(new Sample([series[i]], i));
        }

        detector.Score(new Sample([series[400] + 6], 400)).ShouldBeGreaterThan(ordinary);
    }
}
