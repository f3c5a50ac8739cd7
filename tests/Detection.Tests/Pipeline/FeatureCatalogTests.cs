using Shouldly;
using Tidewatch.Detection.Features;
using Tidewatch.Detection.Windows;
using Xunit;

namespace Tidewatch.Detection.Tests.Pipeline;

public sealed class FeatureCatalogTests
{
    public static TheoryData<string> Names => [.. FeatureCatalog.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Extract_NoPastAndFullPast_IsFinite(string name)
    {
        var feature = FeatureCatalog.Get(name);
        var past = new SlidingWindow(Math.Max(1, feature.Lookback));
        for (var i = 0; i < 20; i++)
        {
            double.IsFinite(feature.Extract(i * i, past)).ShouldBeTrue();
            past.Add(i * i);
        }
    }

    [Fact]
    public void Extract_KnownPast_GivesTheWorkedValues()
    {
        var past = new SlidingWindow(9);
        foreach (var value in new double[] { 1, 2, 3 })
        {
            past.Add(value);
        }

        FeatureCatalog.Get("value").Extract(10, past).ShouldBe(10);
        FeatureCatalog.Get("change").Extract(10, past).ShouldBe(7);
        FeatureCatalog.Get("local-mean").Extract(10, past).ShouldBe(4);
    }

    [Fact]
    public void Get_UnknownName_ListsTheNames() => Should.Throw<ArgumentException>(() => FeatureCatalog.Get("nope")).Message.ShouldContain("local-mean");
}
