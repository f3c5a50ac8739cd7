using Shouldly;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Evaluation.Tests.Data;

public sealed class FieldTextTests
{
    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("-2e3", -2000)]
    [InlineData(" 7 ", 7)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-INF", double.NegativeInfinity)]
    [InlineData("+inf", double.PositiveInfinity)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-infinity", double.NegativeInfinity)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("", double.NaN)]
    [InlineData("nan", double.NaN)]
    [InlineData("NA", double.NaN)]
    [InlineData("n/a", double.NaN)]
    [InlineData("null", double.NaN)]
    [InlineData("None", double.NaN)]
    [InlineData("?", double.NaN)]
    [InlineData("true", 1)]
    [InlineData("False", 0)]
    public void TryNumber_NumberOrNothing_IsRead(string text, double expected)
    {
        FieldText.TryNumber(text, out var value).ShouldBeTrue();
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("1,5")]
    [InlineData("0x1f")]
    [InlineData("info")]
    [InlineData("-")]
    [InlineData("truely")]
    public void TryNumber_Word_IsNone(string text) => FieldText.TryNumber(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("1", true)]
    [InlineData("1.0", true)]
    [InlineData("True", true)]
    [InlineData("YES", true)]
    [InlineData("Anomaly", true)]
    [InlineData("attack", true)]
    [InlineData("fraud", true)]
    [InlineData("0", false)]
    [InlineData("0.0", false)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    [InlineData("Normal", false)]
    [InlineData("BENIGN", false)]
    [InlineData("2", null)]
    [InlineData("-1", null)]
    [InlineData("maybe", null)]
    [InlineData("", null)]
    public void LabelOf_WordsOfTheField_AreUnderstood(string text, bool? expected) => FieldText.LabelOf(text).ShouldBe(expected);
}
