namespace Tidewatch.Benchmarks.Scale;

/// <summary>One look at the running detector.</summary>
/// <param name="Seconds">Since the live phase began.</param>
/// <param name="Sent">Observations sent by then.</param>
/// <param name="Lag">Observations not committed.</param>
/// <param name="Megabytes">Resident set.</param>
/// <param name="SnapshotBytes">Written to Redis since the process began.</param>
/// <param name="ProcessorSeconds">Used since the process began.</param>
internal sealed record ScaleSample(double Seconds, long Sent, long Lag, double Megabytes, double SnapshotBytes, double ProcessorSeconds);
