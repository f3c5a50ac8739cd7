using Shouldly;
using Tidewatch.Generator.Replay;
using Xunit;

namespace Tidewatch.Producers.Tests.Generator;

public sealed class TimeFormatTests
{
    [Theory]
    [InlineData("auto", "2020-01-02 03:04:05")]
    [InlineData("auto", "2020-01-02 03:04:05.000")]
    [InlineData("auto", "2020-01-02T03:04:05Z")]
    [InlineData("auto", "2020-01-02T03:04:05")]
    [InlineData("auto", "2020-01-02T05:04:05+02:00")]
    [InlineData("auto", "2020-01-02 05:04:05.0000000+02:00")]
    [InlineData("auto", "2020/01/02 03:04:05")]
    [InlineData("auto", "1/2/2020 3:04:05")]
    [InlineData("auto", "02.01.2020 03:04:05")]
    [InlineData("auto", "1577934245")]
    [InlineData("auto", "1577934245.0")]
    [InlineData("auto", "1577934245000")]
    [InlineData("auto", "1577934245000000")]
    [InlineData("auto", "1577934245000000000")]
    [InlineData("unix_s", "1577934245")]
    [InlineData("unix_ms", "1577934245000")]
    [InlineData("HH'h'mm'm'ss dd/MM/yy", "03h04m05 02/01/20")]
    public void TryRead_UsualAndGivenFormats_GiveTheInstant(string format, string text)
    {
        new TimeFormat(format).TryRead(text, out var time).ShouldBeTrue();
        time.ShouldBe(new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("auto", "")]
    [InlineData("auto", "12:30")]
    [InlineData("auto", "1969-12-31 23:59:59")]
    [InlineData("auto", "-1")]
    [InlineData("auto", "NaN")]
    [InlineData("auto", "1e40")]
    [InlineData("unix_s", "99999999999999")]
    [InlineData("yyyy", "2020-01-01")]
    public void TryRead_NoTime_IsFalse(string format, string text) => new TimeFormat(format).TryRead(text, out _).ShouldBeFalse();
}
