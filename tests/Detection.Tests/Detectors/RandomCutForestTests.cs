using Shouldly;
using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

public sealed class RandomCutForestTests
{
    /// <summary>The mean of rrcf's three seeds is itself uncertain: two such means of ours correlate by 0.967 with each other.</summary>
    [Fact]
    public void Displacement_FortyTreesShingleFour_AgreesWithRrcf()
    {
        var golden = Oracle.Column("series_forests", "rrcf_codisp_40_trees_w256_shingle4_mean_of_3_seeds");
        var ours = new double[golden.Length];
        var series = Array.ConvertAll(Oracle.Series(), v => (float)v);
        for (var seed = 0UL; seed < 6; seed++)
        {
            var forest = new RandomCutForest(40, 256, 4, seed);
            for (var i = 3; i < series.Length; i++)
            {
                ours[i] += forest.Displacement(series.AsSpan(i - 3, 4)) / 6;
                forest.Learn(series.AsSpan(i - 3, 4));
            }
        }

        Oracle.Pearson(golden[300..], ours[300..]).ShouldBeGreaterThan(0.96);
        Oracle.Spearman(golden[300..], ours[300..]).ShouldBeGreaterThan(0.85);
        (ours[300..].Average() / golden[300..].Average()).ShouldBeInRange(0.95, 1.05);
    }

    /// <summary>By hand: alone 0; the equal point displaces nothing; a far point is parted at the root and displaces all four.</summary>
    [Fact]
    public void Displacement_FewPoints_AsByHand()
    {
        var forest = new RandomCutForest(10, 8, 1, 1);
        forest.Displacement([1f]).ShouldBe(0);
        for (var i = 0; i < 4; i++)
        {
            forest.Learn([1f]);
        }

        forest.Displacement([1f]).ShouldBe(0);
        forest.Displacement([2f]).ShouldBe(4);
        forest.Learn([2f]);
        forest.Displacement([2f]).ShouldBe(2, "two equal points displace four together");
        forest.Displacement([1f]).ShouldBe(0.2, 1e-6, "five displace one");
    }

    /// <summary>After any history a tree is distributed as if grown from what it holds: the mean displacement of a point does not depend on what was forgotten.</summary>
    [Fact]
    public void Displacement_AfterForgetting_IsThatOfAFreshForest()
    {
        var random = new SeededRandom(3);
        var points = new float[600];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = (float)random.NextNormal() * (i < 400 ? 50 : 1);
        }

        var (old, fresh) = (new RandomCutForest(200, 64, 2, 5), new RandomCutForest(200, 64, 2, 6));
        for (var i = 0; i < points.Length; i += 2)
        {
            old.Learn(points.AsSpan(i, 2));
            if (i >= points.Length - 128)
            {
                fresh.Learn(points.AsSpan(i, 2));
            }
        }

        foreach (var value in new[] { 0f, 1, 2, 4 })
        {
            old.Displacement([value, value]).ShouldBe(fresh.Displacement([value, value]), 0.15 * fresh.Displacement([value, value]) + 0.5);
        }
    }
}
