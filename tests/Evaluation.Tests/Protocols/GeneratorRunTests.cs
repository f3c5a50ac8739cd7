using Shouldly;
using Tidewatch.Detection.Profiles;
using Tidewatch.Evaluation.Protocols;
using Tidewatch.Evaluation.Synthetic;

namespace Tidewatch.Evaluation.Tests.Protocols;

/// <summary>The published targets of the field (precision 98 %, recall 95 %, false positives 0.5 %) on a seed that chose no setting.</summary>
public sealed class GeneratorRunTests
{
    public static TheoryData<string> Domains => [.. SyntheticCatalog.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Domains))]
    public void Of_RealisticDomainWithItsProfile_MeetsTheTargets(string name)
    {
        var domain = SyntheticCatalog.Get(name);
        var total = GeneratorRun.Of(domain, SyntheticLevel.Realistic, 77, ProfileCatalog.Get(name).Build(), 14 * domain.SamplesPerDay, Math.Min(14 * domain.SamplesPerDay, 8_000)).Aggregate((a, b) => a + b);
        total.Anomalies.ShouldBeGreaterThan(10);
        total.Precision.ShouldBeGreaterThanOrEqualTo(0.98);
        total.Recall.ShouldBeGreaterThanOrEqualTo(0.95);
        total.FalsePositiveRate.ShouldBeLessThanOrEqualTo(0.005);
    }

    [Fact]
    public void Of_ProfileThatDoesNotFit_IsToldByTheFigures()
    {
        var domain = SyntheticCatalog.Get("users");
        var total = GeneratorRun.Of(domain, SyntheticLevel.Realistic, 77, ProfileCatalog.Get("stocks").Build(), 14 * 288, 14 * 288).Aggregate((a, b) => a + b);
        Math.Min(total.Precision, total.Recall).ShouldBeLessThan(0.95);
    }
}
