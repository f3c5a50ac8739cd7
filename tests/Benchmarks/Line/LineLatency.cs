namespace Tidewatch.Benchmarks.Line;

/// <summary>From produce to the alert in a read_committed reader's hand.</summary>
/// <param name="Rate">Observations a second meanwhile.</param>
/// <param name="Alerts">Alerts measured.</param>
/// <param name="Sent">Spikes sent.</param>
/// <param name="P50">Median, milliseconds.</param>
/// <param name="P99">99th percentile, milliseconds.</param>
internal readonly record struct LineLatency(double Rate, int Alerts, int Sent, double P50, double P99);
