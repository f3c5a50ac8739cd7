using System.Text;
using Shouldly;
using Tidewatch.Contracts.Codecs;
using Xunit;

namespace Tidewatch.Contracts.Tests;

public sealed class ObservationCodecTests
{
    private readonly ObservationFrame _frame = new();

    [Theory]
    [InlineData("", RejectCode.MalformedJson)]
    [InlineData("   ", RejectCode.MalformedJson)]
    [InlineData("{", RejectCode.MalformedJson)]
    [InlineData("{\"series\":\"a\",\"time\":1,\"value\":1} x", RejectCode.MalformedJson)]
    [InlineData("{\"series\":\"a\",\"time\":1,\"value\":NaN}", RejectCode.MalformedJson)]
    [InlineData("[1]", RejectCode.WrongType)]
    [InlineData("{\"series\":1,\"time\":1,\"value\":1}", RejectCode.WrongType)]
    [InlineData("{\"series\":\"a\",\"time\":true,\"value\":1}", RejectCode.WrongType)]
    [InlineData("{\"series\":\"a\",\"time\":1,\"value\":\"1\"}", RejectCode.WrongType)]
    [InlineData("{\"series\":\"a\",\"time\":1,\"features\":[1]}", RejectCode.WrongType)]
    [InlineData("{\"series\":\"a\",\"time\":1,\"value\":1,\"attributes\":{\"a\":1}}", RejectCode.WrongType)]
    [InlineData("{\"series\":\"a\",\"time\":1,\"value\":1,\"label\":1}", RejectCode.WrongType)]
    [InlineData("{\"time\":1,\"value\":1}", RejectCode.MissingField)]
    [InlineData("{\"series\":\"a\",\"value\":1}", RejectCode.MissingField)]
    [InlineData("{\"series\":\"a\",\"time\":1}", RejectCode.MissingField)]
    [InlineData("{\"series\":\"a\",\"time\":1,\"value\":1,\"features\":{\"b\":1}}", RejectCode.MissingField)]
    [InlineData("{\"series\":\"a\",\"time\":1,\"features\":{}}", RejectCode.MissingField)]
    [InlineData("{\"series\":\"\",\"time\":1,\"value\":1}", RejectCode.BadSeries)]
    [InlineData("{\"series\":\"a\",\"time\":\"soon\",\"value\":1}", RejectCode.BadTime)]
    [InlineData("{\"series\":\"a\",\"time\":-1,\"value\":1}", RejectCode.BadTime)]
    [InlineData("{\"series\":\"a\",\"time\":1,\"value\":\"NaN\"}", RejectCode.NotFinite)]
    [InlineData("{\"series\":\"a\",\"time\":1,\"value\":\"-Infinity\"}", RejectCode.NotFinite)]
    [InlineData("{\"series\":\"a\",\"time\":1,\"value\":1e999}", RejectCode.NotFinite)]
    public void TryDecode_BadInput_NamesTheReason(string json, string code)
    {
        ObservationCodec.TryDecode(Encoding.UTF8.GetBytes(json), _frame, out var error).ShouldBeFalse();
        error.Code.ShouldBe(code);
        error.Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void TryDecode_OneMegabyte_IsTooLarge()
    {
        ObservationCodec.TryDecode(new byte[1_000_000], _frame, out var error).ShouldBeFalse();
        error.Code.ShouldBe(RejectCode.TooLarge);
    }

    [Fact]
    public void TryDecode_LongSeries_IsRefused()
    {
        var json = $$"""{"series":"{{new string('a', 257)}}","time":1,"value":1}""";
        ObservationCodec.TryDecode(Encoding.UTF8.GetBytes(json), _frame, out var error).ShouldBeFalse();
        error.Code.ShouldBe(RejectCode.BadSeries);
    }

    [Fact]
    public void TryDecode_TooManyFeatures_IsRefused()
    {
        var features = string.Join(",", Enumerable.Range(0, 65).Select(i => $"\"f{i}\":{i}"));
        ObservationCodec.TryDecode(Encoding.UTF8.GetBytes($"{{\"series\":\"a\",\"time\":1,\"features\":{{{features}}}}}"), _frame, out var error).ShouldBeFalse();
        error.Code.ShouldBe(RejectCode.TooManyFeatures);
    }

    [Fact]
    public void TryDecode_DeepNesting_IsMalformed()
    {
        var json = "{\"x\":" + new string('[', 10_000) + new string(']', 10_000) + "}";
        ObservationCodec.TryDecode(Encoding.UTF8.GetBytes(json), _frame, out var error).ShouldBeFalse();
        error.Code.ShouldBe(RejectCode.MalformedJson);
    }

    [Fact]
    public void TryDecode_InvalidUtf8_IsMalformed()
    {
        byte[] json = [.. "{\"series\":\"a"u8, 0xC3, 0x28, .. "\",\"time\":1,\"value\":1}"u8];
        ObservationCodec.TryDecode(json, _frame, out var error).ShouldBeFalse();
        error.Code.ShouldBe(RejectCode.MalformedJson);
    }

    [Theory]
    [InlineData("\"2026-01-31T12:00:00.250Z\"")]
    [InlineData("\"2026-01-31T13:00:00.250+01:00\"")]
    [InlineData("\"2026-01-31 12:00:00.250\"")]
    [InlineData("\"2026-01-31T12:00:00.250\"")]
    [InlineData("1769860800250")]
    public void TryDecode_Time_IsReadAsUtc(string time)
    {
        ObservationCodec.TryDecode(Encoding.UTF8.GetBytes($$"""{"series":"a","time":{{time}},"value":1}"""), _frame, out _).ShouldBeTrue();
        _frame.TimeMs.ShouldBe(Samples.Time.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void TryDecode_UnknownFields_AreIgnored()
    {
        ObservationCodec.TryDecode("""{"more":{"a":[1,{"b":2}]},"series":"\u0061","time":1,"value":2.5,"x":null}"""u8, _frame, out _).ShouldBeTrue();
        Encoding.UTF8.GetString(_frame.Series).ShouldBe("a");
        _frame.Values.ToArray().ShouldBe([2.5]);
    }

    [Fact]
    public void TryDecode_Features_KeepsNamesAndOrder()
    {
        ObservationCodec.TryDecode("""{"series":"a","time":1,"features":{"amount":12.5,"hour":3},"label":false}"""u8, _frame, out _).ShouldBeTrue();
        Encoding.UTF8.GetString(_frame.FeatureName(0)).ShouldBe("amount");
        Encoding.UTF8.GetString(_frame.FeatureName(1)).ShouldBe("hour");
        _frame.Values.ToArray().ShouldBe([12.5, 3]);
        _frame.Label.ShouldBe(false);
    }

    [Fact]
    public void TryDecode_WhatEncodeWrote_GivesTheSameObservation()
    {
        var bytes = ObservationCodec.Encode(Samples.Observation);
        ObservationCodec.TryDecode(bytes, _frame, out _).ShouldBeTrue();
        ObservationCodec.Encode(_frame.ToObservation(bytes)).ShouldBe(bytes);
    }

    [Fact]
    public void TryDecode_Warm_AllocatesNothing()
    {
        var bytes = ObservationCodec.Encode(Samples.Observation with { Attributes = null });
        ObservationCodec.TryDecode(bytes, _frame, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            ObservationCodec.TryDecode(bytes, _frame, out _);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
