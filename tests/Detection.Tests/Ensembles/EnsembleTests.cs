using Shouldly;
using Tidewatch.Detection.Ensembles;
using Xunit;

namespace Tidewatch.Detection.Tests.Ensembles;

public sealed class EnsembleTests
{
    /// <summary>All but stacking, whose weights come from labels; its tests stand beside its trainer.</summary>
    public static TheoryData<string> Names => [.. EnsembleCatalog.Names.Except(["stacking"])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Combine_AnyEnsemble_InRangeMonotoneAndFree(string name)
    {
        var ensemble = EnsembleCatalog.Create(new EnsembleOptions { Name = name });
        ensemble.Combine([0.3]).ShouldBeOneOf(0.3, 0);
        ensemble.Combine([1, 1, 1]).ShouldBe(1, 1e-12);
        ensemble.Combine([0, 0]).ShouldBe(0);
        double[] scores = [0.1, 0.9, 0.4, 0.6];
        var last = 0.0;
        for (scores[2] = 0; scores[2] <= 1; scores[2] += 0.05)
        {
            var combined = ensemble.Combine(scores);
            combined.ShouldBeInRange(last - 1e-12, 1);
            last = combined;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        ensemble.Combine(scores);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Combine_HandWorked_AsDefined()
    {
        new VotingEnsemble().Combine([0.5, 0.49, 0.9, 0.1]).ShouldBe(0.5);
        new ConsensusEnsemble(0.6).Combine([0.9, 0.7, 0.5, 0.3, 0.1]).ShouldBe(0.5);
        new ConsensusEnsemble(1).Combine([0.9, 0.7]).ShouldBe(0.7);
        new WeightedEnsemble(3, 1).Combine([0.8, 0.4]).ShouldBe(0.7, 1e-12);
        new WeightedEnsemble(3, 1, 0).Combine([0.4, 0.9], [1, 2]).ShouldBe(0.4, 1e-12, "the first detector is cold, the third has no weight");
        RankAverage.Combine([1, 5, 3], [10, 10, 50]).ShouldBe([0.125, 0.625, 0.75]);
    }

    /// <summary>By hand: mean 0.5, deviation 0.1 from four scores; Student's t of 3 degrees is 3.182.</summary>
    [Fact]
    public void Spread_FourScores_IsStudentsInterval()
    {
        var spread = ScoreSpread.Of([0.4, 0.6, 0.4, 0.6]);
        var half = 3.1824463 * Math.Sqrt(0.04 / 3 / 4);
        spread.Lower.ShouldBe(0.5 - half, 1e-6);
        spread.Upper.ShouldBe(0.5 + half, 1e-6);
        spread.Disagreement.ShouldBe(0.2, 1e-12);
        ScoreSpread.Of([0, 1, 0, 1]).Disagreement.ShouldBe(1, 1e-12);
        ScoreSpread.Of([0.7]).ShouldBe(new ScoreSpread(0, 1, 0));
    }

    [Fact]
    public void Create_UnknownName_ListsTheNames() =>
        Should.Throw<ArgumentException>(() => EnsembleCatalog.Create(new EnsembleOptions { Name = "mean" })).Message.ShouldContain("consensus, rank-average, stacking, top-mean, voting, weighted");
}
