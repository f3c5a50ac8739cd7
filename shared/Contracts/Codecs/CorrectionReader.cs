using System.Text;
using System.Text.Json;

namespace Tidewatch.Contracts.Codecs;

/// <summary>Reads from a correction what an observation has not. Throws only what <see cref="CorrectionCodec.TryDecode"/> catches.</summary>
internal ref struct CorrectionReader(ReadOnlySpan<byte> message)
{
    private const string Words = "falseAlarm, confirmed or missed";
    private const string ScoreRemedy = "give the score that the observation had, 0 to 1, as its alert or score point says";
    private Utf8JsonReader _json = new(message);
    private Feedback? _feedback;
    private double? _score;
    private string? _alert;

    public (Correction? Correction, DecodeError Error) Read(ObservationFrame frame)
    {
        _json.Read();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var error = ReadField();
            if (!error.IsNone)
            {
                return (null, error);
            }
        }

        return (_feedback, _score) switch
        {
            (null, _) => (null, new(RejectCode.MissingField, $"feedback is missing: say {Words}")),
            (_, null) => (null, new(RejectCode.MissingField, $"score is missing: {ScoreRemedy}")),
            var (feedback, score) => (new Correction
            {
                Series = Encoding.UTF8.GetString(frame.Series),
                Time = DateTimeOffset.FromUnixTimeMilliseconds(frame.TimeMs),
                Feedback = feedback.Value,
                Score = score.Value,
                Alert = _alert,
            }, DecodeError.None),
        };
    }

    private DecodeError ReadField()
    {
        if (_json.ValueTextEquals("feedback"u8))
        {
            _json.Read();
            return ReadFeedback();
        }

        if (_json.ValueTextEquals("score"u8))
        {
            _json.Read();
            return ReadScore();
        }

        var isAlert = _json.ValueTextEquals("alert"u8);
        _json.Read();
        _alert = isAlert && _json.TokenType == JsonTokenType.String ? _json.GetString() : _alert;
        _json.Skip();
        return DecodeError.None;
    }

    private DecodeError ReadFeedback()
    {
        _feedback = _json.TokenType != JsonTokenType.String ? null
            : _json.ValueTextEquals("falseAlarm"u8) ? Feedback.FalseAlarm
            : _json.ValueTextEquals("confirmed"u8) ? Feedback.Confirmed
            : _json.ValueTextEquals("missed"u8) ? Feedback.Missed
            : null;
        return _feedback is null ? new(RejectCode.BadFeedback, $"feedback is {Shown()}: say {Words}") : DecodeError.None;
    }

    private DecodeError ReadScore()
    {
        _score = _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out var score) && score is >= 0 and <= 1 ? score : null;
        return _score is null ? new(RejectCode.BadFeedback, $"score is {Shown()}: {ScoreRemedy}") : DecodeError.None;
    }

    private readonly string Shown() => _json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
        ? _json.TokenType.ToString()
        : $"'{Encoding.UTF8.GetString(_json.ValueSpan[..Math.Min(_json.ValueSpan.Length, 40)])}'";
}
