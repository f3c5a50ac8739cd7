using Shouldly;
using Tidewatch.Detection.Detectors.Automatic;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

public sealed class AutoDetectorTests
{
    [Theory]
    [InlineData(1, true, 1_000, "surprise-ensemble")]
    [InlineData(1, true, 5, "modified-z-score")]
    [InlineData(1, false, 1_000, "modified-z-score")]
    [InlineData(3, true, 1_000, "mahalanobis")]
    [InlineData(50, true, 1_000, "mahalanobis")]
    [InlineData(51, true, 1_000, "isolation-forest")]
    [InlineData(3, false, 1_000, "isolation-forest")]
    public void Learn_SeriesThatLooksLikeThis_ChoosesThat(int features, bool regular, int levels, string choice)
    {
        var detector = new AutoDetector(new AutoOptions { Look = 60 }, new SeriesContext(features, 1));
        var (values, time) = (new double[features], 0L);
        for (var i = 0; i < 60; i++)
        {
            detector.Choice.ShouldBeNull();
            for (var k = 0; k < features; k++)
            {
                values[k] = ((i * 7_919) + k) % levels;
            }

            time += regular ? 60_000 + (i % 3) : 1_000 + (i * i % 17 * 9_000);
            detector.Learn(new Sample(values, time));
        }

        detector.Choice.ShouldBe(choice);
    }
}
