using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Tidewatch.Contracts.Codecs;

/// <summary>Walks one observation's JSON into a frame. Throws only what <see cref="ObservationCodec.TryDecode"/> catches.</summary>
internal ref struct ObservationReader(ReadOnlySpan<byte> message, ObservationFrame frame)
{
    private const string TimeRemedy = "use RFC 3339 (2026-01-31T12:00:00Z) or Unix milliseconds between 1970 and 9999";
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r\n"u8);
    private static readonly long MaxTimeMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private readonly ReadOnlySpan<byte> _message = message;
    private Utf8JsonReader _json = new(message);
    private bool _hasTime;
    private bool _hasFeatures;
    private bool _hasFeedback;

    public DecodeError Read()
    {
        if (_message.IndexOfAnyExcept(Blank) < 0)
        {
            return new(RejectCode.MalformedJson, "the message is empty: send a JSON object");
        }

        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            return Wrong("the message", "a JSON object");
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var error = ReadField();
            if (!error.IsNone)
            {
                return error;
            }
        }

        _json.Read();
        return Complete();
    }

    private DecodeError ReadField()
    {
        if (_json.ValueTextEquals("series"u8))
        {
            return ReadSeries();
        }

        if (_json.ValueTextEquals("time"u8))
        {
            return ReadTime();
        }

        if (_json.ValueTextEquals("value"u8))
        {
            _json.Read();
            frame.HasValue = _json.TokenType != JsonTokenType.Null;
            return frame.HasValue ? ReadNumber("value", out frame.ValueItems[0]) : default;
        }

        if (_json.ValueTextEquals("features"u8))
        {
            return ReadFeatures();
        }

        if (_json.ValueTextEquals("attributes"u8))
        {
            return ReadAttributes();
        }

        if (_json.ValueTextEquals("label"u8))
        {
            _json.Read();
            frame.Label = _json.TokenType switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };
            return _json.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null ? default : Wrong("label", "true or false");
        }

        _hasFeedback |= _json.ValueTextEquals("feedback"u8);
        _json.Read();
        _json.Skip();
        return default;
    }

    private DecodeError ReadSeries()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String)
        {
            return Wrong("series", "a string");
        }

        if (_json.ValueSpan.Length > frame.SeriesBytes.Length * 6)
        {
            return SeriesTooLong(_json.ValueSpan.Length);
        }

        Span<byte> text = stackalloc byte[ObservationCodec.MaxSeriesBytes * 6];
        var length = _json.CopyString(text);
        if (length == 0)
        {
            return new(RejectCode.BadSeries, "series is empty: name the series, such as hosts/web-1/cpu");
        }

        if (length > frame.SeriesBytes.Length)
        {
            return SeriesTooLong(length);
        }

        text[..length].CopyTo(frame.SeriesBytes);
        frame.SeriesLength = length;
        return default;
    }

    private static DecodeError SeriesTooLong(int length) =>
        new(RejectCode.BadSeries, $"series has {length} bytes, at most {ObservationCodec.MaxSeriesBytes} are allowed: put details into attributes");

    private DecodeError ReadTime()
    {
        _json.Read();
        _hasTime = true;
        if (_json.TokenType == JsonTokenType.Number)
        {
            if (!_json.TryGetInt64(out var ms) || ms < 0 || ms > MaxTimeMs)
            {
                return new(RejectCode.BadTime, $"time {Shown(_json.ValueSpan)} is out of range: {TimeRemedy}");
            }

            frame.TimeMs = ms;
            return default;
        }

        if (_json.TokenType != JsonTokenType.String)
        {
            return Wrong("time", "a string or a number");
        }

        if (!TimeText.TryRead(ref _json, out var time) || time < DateTimeOffset.UnixEpoch)
        {
            return new(RejectCode.BadTime, $"time '{Shown(_json.ValueSpan)}' is not a time: {TimeRemedy}");
        }

        frame.TimeMs = time.ToUnixTimeMilliseconds();
        return default;
    }

    private DecodeError ReadFeatures()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (_json.TokenType != JsonTokenType.StartObject)
        {
            return Wrong("features", "an object of numbers");
        }

        _hasFeatures = true;
        frame.Count = 0;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (frame.Count == ObservationCodec.MaxFeatures)
            {
                return new(RejectCode.TooManyFeatures, $"more than {ObservationCodec.MaxFeatures} features: split them over several series");
            }

            if (_json.ValueSpan.Length > ObservationCodec.MaxNameBytes)
            {
                return new(RejectCode.TooLarge, $"a feature's name has {_json.ValueSpan.Length} bytes, at most {ObservationCodec.MaxNameBytes} are allowed");
            }

            var name = frame.NameItems[frame.Count] ??= new byte[ObservationCodec.MaxNameBytes];
            frame.NameLengths[frame.Count] = _json.CopyString(name);
            _json.Read();
            var error = ReadNumber("a feature", out frame.ValueItems[frame.Count]);
            if (!error.IsNone)
            {
                return error;
            }

            frame.Count++;
        }

        return default;
    }

    private DecodeError ReadAttributes()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        var start = (int)_json.TokenStartIndex;
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            return Wrong("attributes", "an object of strings");
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            CheckText();
            _json.Read();
            if (_json.TokenType != JsonTokenType.String)
            {
                return Wrong("an attribute", "a string");
            }

            CheckText();
        }

        frame.AttributesRange = start..(int)_json.BytesConsumed;
        frame.HasAttributes = true;
        return default;
    }

    /// <summary>Throws <see cref="InvalidOperationException"/> for text that could not be read later on; allocates only for escapes, which are rare.</summary>
    private readonly void CheckText()
    {
        if (_json.ValueIsEscaped)
        {
            _ = _json.GetString();
        }
        else if (!Utf8.IsValid(_json.ValueSpan))
        {
            throw new InvalidOperationException();
        }
    }

    private DecodeError ReadNumber(string field, out double value)
    {
        value = 0;
        if (_json.TokenType == JsonTokenType.String && Shown(_json.ValueSpan) is "NaN" or "Infinity" or "-Infinity")
        {
            return new(RejectCode.NotFinite, $"{field} is {Shown(_json.ValueSpan)}: leave the observation out when there is no value");
        }

        if (_json.TokenType != JsonTokenType.Number)
        {
            return Wrong(field, "a number");
        }

        if (!_json.TryGetDouble(out value) || !double.IsFinite(value))
        {
            return new(RejectCode.NotFinite, $"{field} {Shown(_json.ValueSpan)} does not fit a 64-bit float");
        }

        return default;
    }

    private readonly DecodeError Complete()
    {
        if (frame.SeriesLength == 0)
        {
            return Missing("series");
        }

        if (!_hasTime)
        {
            return Missing("time");
        }

        if (!frame.HasValue && !_hasFeatures && _hasFeedback)
        {
            frame.IsCorrection = true;
            return new(RejectCode.MissingField, "this is a correction, not an observation: send value or features for one");
        }

        if (frame.HasValue == _hasFeatures)
        {
            return new(RejectCode.MissingField, frame.HasValue ? "both value and features are given: send one of them" : "neither value nor features is given: send one of them");
        }

        if (_hasFeatures && frame.Count == 0)
        {
            return new(RejectCode.MissingField, "features is empty: send at least one");
        }

        frame.Count = frame.HasValue ? 1 : frame.Count;
        return default;
    }

    private static DecodeError Missing(string field) => new(RejectCode.MissingField, $"{field} is missing");

    private readonly DecodeError Wrong(string field, string wanted) =>
        new(RejectCode.WrongType, $"{field} is {_json.TokenType} ({Shown(_json.ValueSpan)}), not {wanted}");

    private static string Shown(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, 40)]);
}
