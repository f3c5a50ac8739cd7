using Shouldly;
using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.Explanations;
using Xunit;

namespace Tidewatch.Detection.Tests.Explanations;

public sealed class MemberScoresTests
{
    [Fact]
    public void Shares_OfAWeightedMean_AreWeightTimesScore()
    {
        var ensemble = new WeightedEnsemble(3, 1, 1);

        Of(ensemble, 0.5, 0.4, 0.1).Shares().ShouldBe([0.75, 0.2, 0.05], 1e-12);
    }

    [Fact]
    public void Shares_OfAMeanOfTwo_LeaveOutWhoCouldBeMissed()
    {
        var shares = Of(new TopMeanEnsemble(2), 0.9, 0.8, 0.1).Shares();

        shares[2].ShouldBe(0);
        shares[0].ShouldBe(0.8 / 1.5, 1e-12);
    }

    [Fact]
    public void Shares_WhereNobodyIsMissed_AreThoseOfTheScores() =>
        Of(new ConsensusEnsemble(0.5), 0.6, 0.6, 0.6, 0.6).Shares().ShouldBe([0.25, 0.25, 0.25, 0.25], 1e-12);

    [Fact]
    public void Shares_OfNothing_AreNothing() => Of(new TopMeanEnsemble(2), 0, 0).Shares().ShouldBe([0, 0]);

    private static MemberScores Of(IEnsemble ensemble, params double[] scores) => new([.. scores.Select((_, i) => $"{i}")], scores, ensemble.Combine);
}
