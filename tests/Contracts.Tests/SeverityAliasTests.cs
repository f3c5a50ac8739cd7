using System.ComponentModel;
using Shouldly;
using Xunit;

namespace Tidewatch.Contracts.Tests;

public sealed class SeverityAliasTests
{
    [Theory]
    [InlineData("warning", Severity.Mild)]
    [InlineData("Critical", Severity.Moderate)]
    [InlineData("EMERGENCY", Severity.Extreme)]
    [InlineData("extreme", Severity.Extreme)]
    [InlineData("None", Severity.None)]
    public void TryParse_NameOrAlias_IsRead(string text, Severity expected)
    {
        SeverityAlias.TryParse(text, out var severity).ShouldBeTrue();
        severity.ShouldBe(expected);
        TypeDescriptor.GetConverter(typeof(Severity)).ConvertFromInvariantString(text).ShouldBe(expected);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("")]
    [InlineData("alarm")]
    public void TryParse_AnythingElse_IsNot(string text) => SeverityAlias.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Of_EverySeverity_IsReadBack()
    {
        foreach (var severity in Enum.GetValues<Severity>().Where(s => s != Severity.None))
        {
            SeverityAlias.TryParse(SeverityAlias.Of(severity)!, out var back).ShouldBeTrue();
            back.ShouldBe(severity);
        }

        SeverityAlias.Of(Severity.None).ShouldBeNull();
    }
}
