using System.Text.Json;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka;

namespace Tidewatch.Api.Tests;

internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2014, 2, 8, 14, 0, 0, TimeSpan.Zero);

    public static ScorePoint Point(string series, int second, double value = 1, ExpectedRange? expected = null, Severity severity = Severity.None, string? feature = null) => new()
    {
        Series = series, Domain = "hosts", Time = Start.AddSeconds(second), Value = value, Score = 0.25, Severity = severity, Expected = expected, Feature = feature,
    };

    public static Alert Alert(string id, string series = "a", AlertState state = AlertState.Opened, Severity severity = Severity.Moderate, string? key = null, int second = 0) => new()
    {
        Id = id, Key = key ?? series, State = state, Series = series, Domain = "hosts", Detector = "z-score", Time = Start.AddSeconds(second), OpenedAt = Start, Value = 9, Score = 0.9,
        Threshold = 0.5, Severity = severity, Direction = Direction.Spike, Reason = "9 is far from 1", Expected = new ExpectedRange(0, 1, 2),
    };

    public static ReceivedRecord Record(ScorePoint point) => Record(JsonSerializer.SerializeToUtf8Bytes(point, ContractJson.Default.ScorePoint));

    public static ReceivedRecord Record(Alert alert) => Record(AlertCodec.Encode(alert));

    public static ReceivedRecord Record(byte[]? value) => new("topic", 0, 0, Start, null, value, []);
}
