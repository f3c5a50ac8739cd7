using Tidewatch.Evaluation.Metrics;

namespace Tidewatch.Evaluation.Reports;

/// <summary>How well a run did on the labelled rows from <paramref name="From"/> on.</summary>
/// <param name="Detector">Its name.</param>
/// <param name="From">First judged row.</param>
/// <param name="Ranking">Of the raw statistic.</param>
/// <param name="Volume">VUS of the raw statistic.</param>
/// <param name="Confusion">Of the flags, row by row.</param>
/// <param name="Events">Of the flags, by anomalous segments.</param>
/// <param name="RowsPerSecond">Rows scored and learned in a second by the detector alone.</param>
public sealed record RunFigures(string Detector, int From, Ranking Ranking, VolumeUnderSurface Volume, Confusion Confusion, SegmentScores Events, double RowsPerSecond)
{
    /// <summary>Figures of a run; null when the rows from <paramref name="from"/> on have not both kinds of label.</summary>
    public static RunFigures? Of(SeriesRun run, LabelledSeries series, int from)
    {
        var labels = series.Labels is { } all && from < series.Rows ? all[from..] : [];
        if (!labels.Contains(true) || !labels.Contains(false))
        {
            return null;
        }

        var (raw, flags) = (run.Raw[from..], run.Flags[from..]);
        return new RunFigures(run.Detector, from, Ranking.Of(labels, raw), VolumeUnderSurface.Of(labels, raw), Confusion.Of(labels, flags), SegmentScores.Of(labels, flags), series.Rows / Math.Max(run.Seconds, 1e-9));
    }
}
