using Shouldly;
using Tidewatch.Detection.Explanations;
using Xunit;

namespace Tidewatch.Detection.Tests.Contract;

/// <summary>Expected ranges and contributions are there where the catalogue, and with it the detectors' page, says so, and nowhere else.</summary>
public sealed class ExplanationContractTests
{
    public static TheoryData<string, int> Cases => ContractSeries.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void TryExpect_Warm_IsAsTheTraitSays(string name, int dimension)
    {
        var (entry, series) = (DetectorCatalog.Get(name), new ContractSeries(DetectorCatalog.Get(name), dimension));
        var detector = series.Warm();

        detector.TryExpect(0, out var expected).ShouldBe(entry.Traits.HasFlag(DetectorTraits.Expects));
        expected.Lower.ShouldBeLessThanOrEqualTo(expected.Center);
        expected.Center.ShouldBeLessThanOrEqualTo(expected.Upper);
        (expected.Scale >= 0).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsAdditive_WarmWithSeveralFeatures_IsAsTheTraitSays(string name, int dimension)
    {
        Assert.SkipWhen(dimension == 1, "one feature has the whole score");
        var (entry, series) = (DetectorCatalog.Get(name), new ContractSeries(DetectorCatalog.Get(name), dimension));

        (series.Warm() is IAdditiveDetector { IsAdditive: true }).ShouldBe(entry.Traits.HasFlag(DetectorTraits.Additive));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cause_OneFeatureFarOut_HasTheLargestShareAndChangesNothing(string name, int dimension)
    {
        Assert.SkipWhen(dimension == 1, "one feature has the whole score");
        Assert.SkipWhen(name is "community-change" or "silence", "the values of the observation play no part in its score");
        Assert.SkipWhen(name == "stuck-value", "a value far out is not stuck; its contributions have a test of their own");
        var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
        var detector = series.Warm(name == "online-one-class-svm" ? 5_000 : 500); // Its boundary settles slowly.
        var before = ContractSeries.StateOf(detector);
        for (var feature = 0; feature < dimension; feature++)
        {
            var shares = Shares(detector, series, feature, 60);

            shares.ShouldNotBeNull();
            shares[feature].ShouldBeGreaterThan(0.5);
            shares.ShouldBe(Shares(detector, series, feature, 60));
        }

        ContractSeries.StateOf(detector).ShouldBe(before);
    }

    [Theory]
    [InlineData("community-change")]
    [InlineData("silence")]
    public void Cause_ValuesPlayNoPart_HasNoShares(string name)
    {
        var series = new ContractSeries(DetectorCatalog.Get(name), 3);

        Shares(series.Warm(), series, 0, 60).ShouldBeNull();
    }

    private static double[]? Shares(IDetector detector, ContractSeries series, int feature, double by)
    {
        var values = new double[series.Dimension];
        Array.Fill(values, 50);
        values[feature] += by;
        return VerdictCause.Of(detector, new Sample(values, series.TimeMs), members: null).FeatureShares;
    }
}
