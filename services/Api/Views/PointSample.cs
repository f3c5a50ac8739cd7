using Tidewatch.Contracts;

namespace Tidewatch.Api.Views;

/// <summary>One point as it is kept: 40 bytes.</summary>
/// <param name="TimeMs">Event time, Unix milliseconds UTC.</param>
/// <param name="Value">The observed value.</param>
/// <param name="Lower">Lower end of the expected range, NaN while the detector warms up.</param>
/// <param name="Upper">Upper end of it, or NaN.</param>
/// <param name="Score">Anomaly score in [0, 1].</param>
/// <param name="Severity">What the detector said.</param>
public readonly record struct PointSample(long TimeMs, double Value, double Lower, double Upper, float Score, Severity Severity)
{
    public static PointSample Of(ScorePoint point) => new(
        point.Time.ToUnixTimeMilliseconds(), point.Value, point.Expected?.Lower ?? double.NaN, point.Expected?.Upper ?? double.NaN, (float)point.Score, point.Severity);
}
