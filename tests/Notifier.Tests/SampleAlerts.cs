using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka;

namespace Tidewatch.Notifier.Tests;

internal static class SampleAlerts
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Alert Of(int number, string series = "hosts/web-1/cpu", Severity severity = Severity.Moderate, string domain = "hosts") => new()
    {
        Id = AlertIdentity.Id("topic", 0, number, "z-score", 0),
        Key = AlertIdentity.Key(series, "z-score"),
        State = AlertState.Opened,
        Series = series,
        Domain = domain,
        Detector = "z-score",
        Time = Start.AddSeconds(number),
        OpenedAt = Start.AddSeconds(number),
        Value = 93.5,
        Expected = new ExpectedRange(10, 20, 30),
        ZScore = 7.25,
        Score = 0.97,
        Threshold = 0.9,
        Severity = severity,
        Direction = Direction.Spike,
        Reason = "93.5 is 7.3 standard deviations above 20",
    };

    public static List<Alert> Many(int count) => [.. Enumerable.Range(0, count).Select(i => Of(i))];

    public static ReceivedRecord Record(Alert alert, long offset = 0) =>
        new("tidewatch.alerts.v1", 0, offset, alert.Time, null, AlertCodec.Encode(alert), []);
}
