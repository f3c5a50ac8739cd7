using Tidewatch.Detection;
using Tidewatch.Detection.Detectors;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Evaluation.Nab;

/// <summary>Runs a detector over the corpus strictly online: each row is scored before it is learned, and nothing is known of a file but how long its probation is.</summary>
public static class NabRun
{
    /// <summary>Score from which a row is an alarm after which the detector rests.</summary>
    public const double Alarm = 0.5;

    /// <summary>The rest after an alarm is the probation divided by this (CAD OSE, the best of NAB on low false positives, takes a fifth).</summary>
    public const int RestShare = 4;

    /// <summary>Scores of every row of every file: the detector's own from <see cref="Alarm"/> on, 0 below it and during the rest.</summary>
    public static double[][] Scores(NabCorpus corpus, DetectorEntry entry) => [.. corpus.Series.Select(s => Alarms(Raw(s, entry), s.Probation / RestShare))];

    /// <summary>The detector's score of each row; a row in which nothing was measured scores 0 and is not learned.</summary>
    public static double[] Raw(NabSeries series, DetectorEntry entry)
    {
        var detector = entry.Create(Configured(entry.Defaults(), series.Probation), new SeriesContext(1, 1));
        var scores = new double[series.Values.Length];
        for (var row = 0; row < scores.Length; row++)
        {
            if (double.IsNaN(series.Values[row]))
            {
                continue;
            }

            var sample = new Sample(series.Values.AsSpan(row, 1), series.TimesMs[row]);
            scores[row] = detector.Score(sample);
            detector.Learn(sample);
        }

        return scores;
    }

    /// <summary>Keeps the scores that are alarms with a rest of <paramref name="rest"/> rows after each.</summary>
    public static double[] Alarms(double[] scores, int rest)
    {
        var refractory = new Refractory(rest);
        return Array.ConvertAll(scores, s => refractory.Raise(s >= Alarm) ? s : 0);
    }

    private static DetectorOptions Configured(DetectorOptions options, int probation) =>
        options is SurpriseEnsembleOptions ensemble ? ensemble with { WarmUp = Math.Max(probation, 100) } : options;
}
