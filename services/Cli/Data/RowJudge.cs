using Tidewatch.Detection;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Cli.Data;

/// <summary>A judged row.</summary>
/// <param name="Score">In [0, 1].</param>
/// <param name="Level">How far beyond the threshold.</param>
/// <param name="Expected">Where the first value would have been normal.</param>
/// <param name="Why">Shares of the values in the score; null where nothing was to be explained.</param>
/// <param name="NearestNormal">Values that would have made the row normal; null where none were found.</param>
internal readonly record struct RowVerdict(double Score, AlertLevel Level, Expectation? Expected, string? Why = null, string? NearestNormal = null);

/// <summary>Judges a row by what the rows before it taught, then learns it.</summary>
/// <param name="detector">The detector.</param>
/// <param name="threshold">Score from which a row is anomalous.</param>
/// <param name="learns">False leaves the detector as it is.</param>
/// <param name="explainer">Explains anomalous rows; null leaves them unexplained.</param>
internal sealed class RowJudge(IDetector detector, double threshold, bool learns = true, RowExplainer? explainer = null) : IRowJudge
{
    private readonly HysteresisThreshold _threshold = new(new ThresholdOptions { Threshold = threshold });

    public RowVerdict Judge(ReadOnlySpan<double> values, long timeMs)
    {
        var sample = new Sample(values, timeMs);
        var score = detector.Score(sample);
        Expectation? expected = detector.TryExpect(0, out var expectation) ? expectation : null;
        var level = _threshold.LevelOf(score);
        (string? Why, string? NearestNormal) explained = (null, null);
        if (level == AlertLevel.None)
        {
            explainer?.Add(values);
        }
        else if (explainer is not null)
        {
            explained = explainer.Explain(detector, sample, threshold);
        }

        if (learns)
        {
            detector.Learn(sample);
        }

        return new RowVerdict(score, level, expected, explained.Why, explained.NearestNormal);
    }
}
