using Shouldly;
using Tidewatch.Detection.Detectors.Seasonal;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

public sealed class HourOfWeekDetectorTests
{
    private const long HourMs = 3_600_000;
    private static readonly long Monday = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>The value is the hour of the week, give or take one; the range is asked for right after the hour changed.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(100)]
    public void TryExpect_ValueOfANewHour_IsThatHoursRange(int hour)
    {
        var detector = HourOfWeekDetector.Create(new HourOfWeekOptions(), new SeriesContext(1, 1));
        for (var i = 0; i < (6 * 168) + hour; i++)
        {
            detector.Learn(new Sample([(i % 168) + (i / 168 % 2 == 0 ? 1 : -1)], Monday + (i * HourMs)));
        }

        var now = Monday + (((6 * 168) + hour) * HourMs);
        detector.Score(new Sample([hour], now)).ShouldBeLessThan(0.5);
        detector.TryExpect(0, out var expected).ShouldBeTrue();
        expected.Center.ShouldBe(hour, 1);
        detector.Score(new Sample([expected.Upper - 1e-6], now)).ShouldBeLessThan(0.5);
        detector.Score(new Sample([expected.Upper + 1e-6], now)).ShouldBeGreaterThan(0.5);
    }
}
