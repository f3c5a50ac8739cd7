using Tidewatch.Contracts;

namespace Tidewatch.Contracts.Tests;

/// <summary>One of each contract with every field set.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Time = new(2026, 1, 31, 12, 0, 0, 250, TimeSpan.Zero);

    public static Observation Observation => new()
    {
        Series = "hosts/web-1/cpu",
        Time = Time,
        Value = 0.75,
        Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["region"] = "eu-west" },
        Label = true,
    };

    public static Alert Alert => new()
    {
        Id = AlertIdentity.Id("topic", 3, 42, "z-score", 0),
        Key = AlertIdentity.Key("hosts/web-1/cpu", "z-score"),
        State = AlertState.Opened,
        Series = "hosts/web-1/cpu",
        Domain = "hosts",
        Detector = "z-score",
        Time = Time,
        OpenedAt = Time,
        Value = 0.97,
        Expected = new ExpectedRange(0.1, 0.3, 0.5),
        ZScore = 10.05,
        Score = 0.77,
        Threshold = 0.5,
        Severity = Severity.Extreme,
        Direction = Direction.Spike,
        Source = new SourcePosition("tidewatch.observations.hosts.v1", 3, 42),
        Reason = "0.97 is 10.05 standard deviations above 0.3",
        Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["region"] = "eu-west" },
    };

    /// <summary>An alert that several features and detectors had a part in.</summary>
    public static Alert EnsembleAlert => Alert with
    {
        Contributions = new AlertContributions([new Contribution("cpu", 0.8), new Contribution("memory", 0.2)], true, [new Contribution("ewma", 0.625), new Contribution("iqr", 0.375)]),
        Interval = new ScoreInterval(0.41, 0.93),
        Disagreement = 0.125,
    };

    public static DeadLetter DeadLetter => new()
    {
        Topic = "tidewatch.observations.hosts.v1",
        Partition = 3,
        Offset = 42,
        TimestampMs = 1769860800250,
        Stage = "decode",
        Code = RejectCode.MalformedJson,
        Message = "not JSON at byte 1",
        Key = "k"u8.ToArray(),
        Value = "{"u8.ToArray(),
    };
}
