using System.Globalization;
using Shouldly;
using Tidewatch.Faults.Report;
using Xunit;

namespace Tidewatch.Faults;

public sealed class FaultCatalogTests
{
    [Fact]
    public void All_Numbers_AreTheirOwnAndStandInOrder()
    {
        var numbers = FaultCatalog.All.Select(r => r.Number).ToList();
        numbers.ShouldBeUnique();
        numbers.ShouldBe(numbers.OrderBy(n => int.Parse(FaultCatalog.WithoutLetter(n), CultureInfo.InvariantCulture)).ThenBy(n => n, StringComparer.Ordinal));
        MatrixReport.NotRun.Keys.Intersect(numbers, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("4", false, "4a,4b")]
    [InlineData("4", true, "4a,4b,4c,4d")]
    [InlineData("15b,3,3", false, "3,15b")]
    [InlineData("3,4d", true, "3,3b,4d")]
    public void Select_Numbers_GivesRowsOfMinutesOnlyWhereAsked(string list, bool isWide, string expected) =>
        string.Join(',', FaultCatalog.Select(list, isWide).Select(r => r.Number)).ShouldBe(expected);

    [Fact]
    public void Select_Nothing_GivesAllButThoseOfMinutes()
    {
        FaultCatalog.Select("", isWide: false).ShouldBe(FaultCatalog.All.Where(r => !r.IsWide));
        FaultCatalog.Select(null, isWide: true).ShouldBe(FaultCatalog.All);
    }

    [Fact]
    public void Select_UnknownNumber_SaysWhichThereAre() =>
        Should.Throw<ArgumentException>(() => FaultCatalog.Select("1,99", isWide: false)).Message.ShouldStartWith("there is no row 99; there are 1, 1b, 1c, 2, 3, 3b");
}
