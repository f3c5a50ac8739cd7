using Shouldly;
using Tidewatch.Detection;
using Tidewatch.Detection.Profiles;

namespace Tidewatch.Evaluation.Tests.Protocols;

/// <summary>What every named profile promises.</summary>
public sealed class ProfileCatalogTests
{
    public static TheoryData<string> Names => [.. ProfileCatalog.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Build_OneValueOrFeatures_FindsAGrossSpikeAndNothingBefore(string name)
    {
        foreach (var inputs in new[] { 1, 3 })
        {
            var pipeline = new DetectionPipeline(ProfileCatalog.Get(name).Build(), inputs, 1);
            var (values, early, last) = (new double[inputs], 0, 0.0);
            for (var i = 0; i < 2_000; i++)
            {
                for (var k = 0; k < inputs; k++)
                {
                    values[k] = i == 1_999 ? 5_000 : 100 + (10 * Math.Sin(2 * Math.PI * i / 288)) + (((i * 7_919) + (k * 104_729)) % 97 / 30.0);
                }

                var verdict = pipeline.Observe(values, 1_767_571_200_000 + (i * 300_000L));
                early += i < 1_999 && verdict.Score >= 0.9 ? 1 : 0;
                last = verdict.Score;
            }

            early.ShouldBe(0, $"{name} of {inputs}");
            last.ShouldBeGreaterThan(0.5, $"{name} of {inputs}");
        }
    }

    [Fact]
    public void Get_NoSuchProfile_NamesThoseThereAre() =>
        Should.Throw<ArgumentException>(() => ProfileCatalog.Get("crypto")).Message.ShouldContain("auto, hosts, iot, network, payments, stocks, users");
}
