using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Storage.Influx;
using Xunit;

namespace Tidewatch.Storage.Tests.Influx;

public sealed class LineProtocolTests
{
    [Fact]
    public void Of_Alert_GivesTagsSortedFieldsAndMilliseconds()
    {
        var line = LineProtocol.Of(SampleAlerts.Of(0) with { Attributes = null, Reason = "high" });

        line.ShouldStartWith("anomaly,detector=z-score,domain=hosts,series=hosts/web-1/cpu,severity=moderate,state=opened alert=\"{");
        line.ShouldEndWith(
            ",alert_id=\"" + SampleAlerts.Of(0).Id + "\",direction=\"spike\",reason=\"high\",is_anomaly=1i,expected_lower=10,expected_upper=30,score=0.97,threshold=0.9,value=93.5,z_score=7.25 "
            + SampleAlerts.Start.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("a b", @"a\ b")]
    [InlineData("a,b", @"a\,b")]
    [InlineData("a=b", @"a\=b")]
    [InlineData(@"c:\temp", @"c:\temp")]
    [InlineData(@"c:\", "c:%5C")]
    [InlineData("a\nb", "a%0Ab")]
    [InlineData("\"é\"", "\"é\"")]
    public void Of_SeriesWithSpecialCharacters_EscapesTheTag(string series, string tag) =>
        LineProtocol.Of(SampleAlerts.Of(0, series)).ShouldContain($",series={tag},severity=");

    [Fact]
    public void Of_NotFinite_LeavesTheFieldOut() =>
        LineProtocol.Of(SampleAlerts.Of(0) with { ZScore = null, Expected = null }).ShouldNotContain("z_score");

    [Fact]
    public void Of_HugeAttributes_StaysBelowTheLimitOfAField()
    {
        var alert = SampleAlerts.Of(0) with { Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["note"] = new string('x', 200_000) } };

        LineProtocol.Of(alert).Length.ShouldBeLessThan(10_000);
    }

    [Fact]
    public void Of_AnySeries_ReadsBackByTheRulesOfTheProtocol() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), s => Read(LineProtocol.Of(SampleAlerts.Of(0, s.Get))) == LineProtocol.TagValue(s.Get)).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_EverySeverityAndState_TellsThemApart()
    {
        var lines = from severity in Enum.GetValues<Severity>()
                    from state in Enum.GetValues<AlertState>()
                    select LineProtocol.Of(SampleAlerts.Of(0) with { Severity = severity, State = state }).Split(' ')[0];

        lines.ShouldBeUnique();
    }

    /// <summary>The series tag of a line, read as InfluxDB's own parser reads it: a backslash escapes only a comma, an equals sign or a space.</summary>
    private static string Read(string line)
    {
        line.ShouldNotContain('\n');
        var start = line.IndexOf(",series=", StringComparison.Ordinal) + ",series=".Length;
        var value = new System.Text.StringBuilder();
        for (var i = start; line[i] is not (',' or ' '); i++)
        {
            value.Append(line[i] == '\\' && line[i + 1] is (',' or '=' or ' ') ? line[++i] : line[i]);
        }

        return value.ToString();
    }
}
