using Shouldly;
using Tidewatch.Detection.Features;
using Tidewatch.Detection.Features.Missing;
using Tidewatch.Detection.Features.Scaling;
using Tidewatch.Detection.Windows;
using Xunit;

namespace Tidewatch.Detection.Tests.Features;

public sealed class PreprocessingTests
{
    private const double Gap = double.NaN;
    private static readonly long SaturdayNoon = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public void Extract_KnownPast_GivesTheWorkedValues()
    {
        var past = new SlidingWindow(12);
        foreach (var value in new double[] { 4, 2, 8 })
        {
            past.Add(value);
        }

        At("lag-1", past).ShouldBe(8);
        At("lag-3", past).ShouldBe(4);
        At("difference-2", past).ShouldBe(4);
        At("relative-change-3", past).ShouldBe(0.5);
        At("rolling-mean-4", past).ShouldBe(5);
        At("rolling-deviation-2", past).ShouldBe(1);
        At("rolling-minimum-3", past).ShouldBe(2);
        At("rolling-maximum-12", past).ShouldBe(8);
    }

    [Fact]
    public void Extract_SaturdayNoon_IsTheOtherSideOfTheClock()
    {
        var past = new SlidingWindow(1);
        FeatureCatalog.Get("weekend").Extract(0, SaturdayNoon, past).ShouldBe(1);
        FeatureCatalog.Get("weekend").Extract(0, SaturdayNoon - 86_400_000, past).ShouldBe(0);
        FeatureCatalog.Get("hour-of-day-cos").Extract(0, SaturdayNoon, past).ShouldBe(-1, 1e-12);
        FeatureCatalog.Get("day-of-week-sin").Extract(0, SaturdayNoon, past).ShouldBe(Math.Sin(2 * Math.PI * 5.5 / 7), 1e-12);
    }

    [Fact]
    public void Fill_Gaps_AsByHand()
    {
        Filled(MissingValueMethod.ForwardFill, Gap, 1, Gap, Gap, 4).ShouldBe([1, 1, 1, 1, 4]);
        Filled(MissingValueMethod.Interpolate, Gap, 1, Gap, Gap, 4, Gap).ShouldBe([1, 1, 2, 3, 4, 4]);
        Filled(MissingValueMethod.Seasonal, 1, 2, 3, Gap, 5, Gap).ShouldBe([1, 2, 3, 1, 5, 3]);
        Filled(MissingValueMethod.Interpolate, Gap, Gap).ShouldBe([0, 0]);
        MissingValues.Signal([Gap, 1, Gap]).ShouldBe([1, 0, 1]);
    }

    /// <summary>The values of scikit-learn's StandardScaler, RobustScaler and MinMaxScaler on 1, 2, 3, 4, 100.</summary>
    [Fact]
    public void Scaler_FiveValues_EqualsScikitLearn()
    {
        double[] values = [1, 2, 3, 4, 100];
        Scaler.Standard(values).Apply(100).ShouldBe(1.99934286, 1e-8);
        Scaler.Robust(values).Apply(100).ShouldBe(48.5);
        Scaler.MinMax(values).Apply(3).ShouldBe(2.0 / 99, 1e-12);
        Scaler.Standard([7, 7]).Apply(7).ShouldBe(0);
        Scaler.Robust(values).Invert(Scaler.Robust(values).Apply(42)).ShouldBe(42);
    }

    private static double At(string name, SlidingWindow past) => FeatureCatalog.Get(name).Extract(6, 0, past);

    private static double[] Filled(MissingValueMethod method, params double[] values)
    {
        MissingValues.Fill(values, method, 3);
        return values;
    }
}
