using System.Text;
using Shouldly;
using Tidewatch.Contracts.Codecs;
using Xunit;

namespace Tidewatch.Contracts.Tests;

public sealed class CorrectionCodecTests
{
    private readonly ObservationFrame _frame = new();

    [Fact]
    public void Encode_OfAnAlert_IsV1() => Encoding.UTF8.GetString(CorrectionCodec.Encode(Correction.Of(Samples.Alert, Feedback.FalseAlarm))).ShouldBe(
        """{"series":"hosts/web-1/cpu","time":"2026-01-31T12:00:00.250Z","feedback":"falseAlarm","score":0.77,"alert":"s2p4lb53zh2sgd2xc5o6nzr7jy"}""");

    [Theory]
    [InlineData(Feedback.FalseAlarm)]
    [InlineData(Feedback.Confirmed)]
    [InlineData(Feedback.Missed)]
    public void TryDecode_WhatEncodeWrote_GivesTheSameCorrection(Feedback feedback)
    {
        var correction = Correction.Of(Samples.Alert, feedback);

        Decode(CorrectionCodec.Encode(correction), out var error).ShouldBe(correction);
        error.IsNone.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"series":"a","time":1,"feedback":"wrong","score":0.5}""", RejectCode.BadFeedback, "wrong")]
    [InlineData("""{"series":"a","time":1,"feedback":7,"score":0.5}""", RejectCode.BadFeedback, "falseAlarm")]
    [InlineData("""{"series":"a","time":1,"feedback":["missed"],"score":0.5}""", RejectCode.BadFeedback, "falseAlarm")]
    [InlineData("""{"series":"a","time":1,"feedback":"missed"}""", RejectCode.MissingField, "score")]
    [InlineData("""{"series":"a","time":1,"feedback":"missed","score":1.5}""", RejectCode.BadFeedback, "1.5")]
    [InlineData("""{"series":"a","time":1,"feedback":"missed","score":-0.1}""", RejectCode.BadFeedback, "-0.1")]
    [InlineData("""{"series":"a","time":1,"feedback":"missed","score":1e999}""", RejectCode.BadFeedback, "1e999")]
    [InlineData("""{"series":"a","time":1,"feedback":"missed","score":"0.5"}""", RejectCode.BadFeedback, "0.5")]
    public void TryDecode_BadCorrection_NamesValueAndRemedy(string json, string code, string named)
    {
        Decode(Encoding.UTF8.GetBytes(json), out var error).ShouldBeNull();
        error.Code.ShouldBe(code);
        error.Message.ShouldContain(named);
    }

    [Theory]
    [InlineData("""{"feedback":"missed","series":"a","time":1,"value":2}""")]
    [InlineData("""{"series":"a","time":1,"features":{"b":2},"feedback":{"x":1},"score":"high"}""")]
    public void Observation_WithAFieldOfThatName_StaysAnObservation(string json)
    {
        ObservationCodec.TryDecode(Encoding.UTF8.GetBytes(json), _frame, out _).ShouldBeTrue();
        _frame.IsCorrection.ShouldBeFalse();
        _frame.Values.ToArray().ShouldBe([2]);
    }

    [Theory]
    [InlineData("""{"time":1,"feedback":"missed","score":0.5}""", RejectCode.MissingField)]
    [InlineData("""{"series":"a","feedback":"missed","score":0.5}""", RejectCode.MissingField)]
    [InlineData("""{"series":"a","time":"soon","feedback":"missed","score":0.5}""", RejectCode.BadTime)]
    [InlineData("""{"series":"","time":1,"feedback":"missed","score":0.5}""", RejectCode.BadSeries)]
    public void Correction_WithoutSeriesOrTime_IsNone(string json, string code)
    {
        ObservationCodec.TryDecode(Encoding.UTF8.GetBytes(json), _frame, out var error).ShouldBeFalse();
        _frame.IsCorrection.ShouldBeFalse();
        error.Code.ShouldBe(code);
    }

    private Correction? Decode(byte[] message, out DecodeError error)
    {
        ObservationCodec.TryDecode(message, _frame, out _).ShouldBeFalse();
        _frame.IsCorrection.ShouldBeTrue();
        CorrectionCodec.TryDecode(message, _frame, out var correction, out error);
        return correction;
    }
}
