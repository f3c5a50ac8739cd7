namespace Tidewatch.Kafka.Audit;

/// <summary>How a running audit begins.</summary>
/// <param name="Lookback">How far back in the topics it begins at a start: more than the longest time that it may be away, or links are never looked at.</param>
public sealed record AuditOptions(TimeSpan Lookback);
