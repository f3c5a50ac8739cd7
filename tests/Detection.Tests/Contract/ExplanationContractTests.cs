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
}
