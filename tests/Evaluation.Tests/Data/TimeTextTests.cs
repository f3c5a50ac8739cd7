using Shouldly;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Evaluation.Tests.Data;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2026-01-31T12:00:00Z", 1769860800000)]
    [InlineData("2026-01-31 12:00:00", 1769860800000)]
    [InlineData("2026-01-31T14:00:00+02:00", 1769860800000)]
    [InlineData("20260131T120000", 1769860800000)]
    [InlineData("20260131T120000Z", 1769860800000)]
    [InlineData("31.01.2026 12:00", 1769860800000)]
    [InlineData("2.1.2026", 1767312000000)]
    [InlineData("1/2/2026", 1767312000000)]
    [InlineData("1/2/26 0:00", 1767312000000)]
    [InlineData("2026-01", 1767225600000)]
    [InlineData("2 January 2026", 1767312000000)]
    [InlineData("1769860800", 1769860800000)]
    [InlineData("1769860800000", 1769860800000)]
    [InlineData("1769860800000000", 1769860800000)]
    [InlineData("1769860800000000000", 1769860800000)]
    [InlineData("1.7698608e18", 1769860800000)]
    [InlineData(" 12.5 ", 12500)]
    [InlineData("1e+05", 100000000)]
    [InlineData("-1", -1000)]
    public void TryMs_EveryForm_IsMilliseconds(string text, long expected)
    {
        TimeText.TryMs(text, out var time).ShouldBeTrue();
        time.ShouldBe(expected);
    }

    [Theory]
    [InlineData("morning")]
    [InlineData("")]
    [InlineData("1e300")]
    [InlineData("NaN")]
    [InlineData("-99999999999999")]
    [InlineData("13/31/2026")]
    [InlineData("12:30")]
    [InlineData("12:30:00.1234")]
    [InlineData("3 March")]
    [InlineData("1-2")]
    public void TryMs_NoTime_IsNone(string text)
    {
        TimeText.TryMs(text, out var time).ShouldBeFalse();
        time.ShouldBe(0);
    }
}
