using System.Diagnostics;
using Tidewatch.Detection;
using Tidewatch.Detection.Features;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Evaluation.Reports;

/// <summary>What one detector with its defaults said of every row, each judged by the rows before it.</summary>
/// <param name="Detector">Its name.</param>
/// <param name="Threshold">Score from which a row is anomalous.</param>
/// <param name="WarmAt">First row it was warm for; as many as there are rows when it never was.</param>
/// <param name="Raw">The detector's own statistic: what rankings use.</param>
/// <param name="Scores">In [0, 1]: what alarms use.</param>
/// <param name="Flags">True where the row was anomalous.</param>
/// <param name="Expected">Where the first value would have been normal; null where the detector could not say.</param>
/// <param name="Seconds">What raw statistics took.</param>
public sealed record SeriesRun(string Detector, double Threshold, int WarmAt, double[] Raw, double[] Scores, bool[] Flags, Expectation?[] Expected, double Seconds)
{
    /// <summary>Runs a detector twice over the series: alone for its raw statistic, and in the pipeline of the detector service for scores and alarms.</summary>
    public static SeriesRun Of(DetectorEntry entry, LabelledSeries series, ulong seed = 1)
    {
        var clock = Stopwatch.StartNew();
        var (raw, warmAt) = Rank(entry, series, seed);
        var seconds = clock.Elapsed.TotalSeconds;
        var profile = ProfileOf(entry);
        var pipeline = new DetectionPipeline(profile, series.Dimension, seed);
        var (scores, flags, expected) = (new double[series.Rows], new bool[series.Rows], new Expectation?[series.Rows]);
        for (var row = 0; row < series.Rows; row++)
        {
            var verdict = pipeline.Observe(series.Row(row), series.TimesMs[row]);
            (scores[row], flags[row]) = (verdict.Score, verdict.Level != AlertLevel.None);
            expected[row] = verdict.HasExpectation && verdict.Feature == 0 ? verdict.Expectation : null;
        }

        return new SeriesRun(entry.Name, profile.Threshold.Threshold, warmAt, raw, scores, flags, expected, seconds);
    }

    private static (double[] Raw, int WarmAt) Rank(DetectorEntry entry, LabelledSeries series, ulong seed)
    {
        var detector = entry.Create(entry.Defaults(), new SeriesContext(series.Dimension, seed));
        var (raw, warmAt) = (new double[series.Rows], series.Rows);
        for (var row = 0; row < series.Rows; row++)
        {
            var sample = new Sample(series.Row(row), series.TimesMs[row]);
            warmAt = detector.IsWarm ? Math.Min(warmAt, row) : warmAt;
            raw[row] = detector.Raw(sample);
            detector.Learn(sample);
        }

        return (raw, warmAt);
    }

    private static DetectionProfile ProfileOf(DetectorEntry entry) => new()
    {
        Name = entry.Name,
        Detectors = [(entry, entry.Defaults())],
        Features = [.. entry.ProfileDefaults.Features.Select(FeatureCatalog.Get)],
        Calibrate = entry.ProfileDefaults.Calibrate,
        Threshold = new ThresholdOptions { Threshold = entry.ProfileDefaults.Threshold },
    };
}
