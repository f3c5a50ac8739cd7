using Tidewatch.Detection;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Cli.Data;

/// <summary>A judged row: score in [0, 1], how far beyond the threshold, and where the first value would have been normal if the detector can say.</summary>
internal readonly record struct RowVerdict(double Score, AlertLevel Level, Expectation? Expected);

/// <summary>Judges a row by what the rows before it taught, then learns it.</summary>
/// <param name="detector">The detector.</param>
/// <param name="threshold">Score from which a row is anomalous.</param>
/// <param name="learns">False leaves the detector as it is.</param>
internal sealed class RowJudge(IDetector detector, double threshold, bool learns = true)
{
    private readonly HysteresisThreshold _threshold = new(new ThresholdOptions { Threshold = threshold });

    public RowVerdict Judge(ReadOnlySpan<double> values, long timeMs)
    {
        var sample = new Sample(values, timeMs);
        var score = detector.Score(sample);
        Expectation? expected = detector.TryExpect(0, out var expectation) ? expectation : null;
        if (learns)
        {
            detector.Learn(sample);
        }

        return new RowVerdict(score, _threshold.LevelOf(score), expected);
    }
}
