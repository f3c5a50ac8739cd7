using Shouldly;
using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Detection.State;
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

    /// <summary>The other two values are ordinary, and many a tree never asks for the third: what lies outside of the space lies in no cell all the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void Score_OneValueOutsideOfTheSpace_IsTheWorst(int dimension)
    {
        var detector = Warm(dimension, out var random);
        for (var feature = 0; feature < dimension; feature++)
        {
            var row = Row(dimension, ref random);
            detector.Score(new Sample(row, 0)).ShouldBeLessThan(0.5);
            foreach (var value in new[] { 20.0, -20 })
            {
                row[feature] = value;
                detector.Raw(new Sample(row, 0)).ShouldBe(28, 1e-9);
            }
        }
    }

    /// <summary>One in eight of the window lay outside: three halvings below the even density, which score 0.5. A whole window there is the new normal.</summary>
    [Theory]
    [InlineData(1, 11)]
    [InlineData(2, 10)]
    [InlineData(8, 8)]
    public void Raw_SamplesOutsideBefore_IsTheirShareInHalvings(int ofEight, double halvings)
    {
        var detector = Warm(3, out var random);
        for (var i = 0; i < 256; i++)
        {
            var row = Row(3, ref random);
            row[1] = i % 8 < ofEight ? 20 : row[1];
            detector.Learn(new Sample(row, 0));
        }

        var outside = Row(3, ref random);
        outside[1] = 20;
        detector.Raw(new Sample(outside, 0)).ShouldBe(halvings, 1e-4);
    }

    /// <summary>The bytes are those of earlier releases as long as nothing lay outside, and theirs can be read.</summary>
    [Fact]
    public void Save_NothingOutside_IsVersionOne()
    {
        var detector = Warm(3, out var random);
        var before = Contract.ContractSeries.StateOf(detector);
        before[0].ShouldBe((byte)1);
        detector.Learn(new Sample([0, 20, 0], 0));
        Contract.ContractSeries.StateOf(detector)[0].ShouldBe((byte)2);
        var reader = new StateReader(before);
        detector.Load(ref reader);
        Contract.ContractSeries.StateOf(detector).ShouldBe(before);
    }

    /// <summary>Where ordinary samples are denser than evenly spread ones, as they are in several dimensions, one at the edge of them all still ranks above one in their midst.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void Score_SampleAtTheEdge_IsAboveThatInTheMidst(int dimension)
    {
        var detector = Warm(dimension, out _);
        var (midst, edge) = (new double[dimension], new double[dimension]);
        Array.Fill(edge, 1.1);
        detector.Score(new Sample(midst, 0)).ShouldBeGreaterThan(0);
        detector.Score(new Sample(edge, 0)).ShouldBeGreaterThan(detector.Score(new Sample(midst, 0)));
    }

    /// <summary>Learned a window of 256 rows of values between -1 and 1.</summary>
    private static HalfSpaceTreesDetector Warm(int dimension, out SeededRandom random)
    {
        random = new SeededRandom(7);
        var detector = HalfSpaceTreesDetector.Create(new HalfSpaceTreesOptions { Window = 256 }, new SeriesContext(dimension, 1));
        for (var i = 0; i < 256; i++)
        {
            detector.Learn(new Sample(Row(dimension, ref random), 0));
        }

        return detector;
    }

    private static double[] Row(int dimension, ref SeededRandom random)
    {
        var row = new double[dimension];
        for (var i = 0; i < dimension; i++)
        {
            row[i] = (2 * random.NextDouble()) - 1;
        }

        return row;
    }
}
