namespace Tidewatch.Evaluation.Metrics;

/// <summary>Judges flags by anomalous segments instead of rows.</summary>
/// <param name="Events">Anomalous segments.</param>
/// <param name="Found">Of them, those with a flag inside.</param>
/// <param name="Alarms">Runs of flags.</param>
/// <param name="FalseAlarms">Of them, those that touch no anomalous segment.</param>
/// <param name="MeanDelay">Mean rows from a found segment's first to its first flag; NaN when none was found.</param>
/// <param name="RangePrecision">Range-based precision (Tatbul et al. 2018): flat bias, no cardinality penalty, mean overlap share over the runs of flags.</param>
/// <param name="RangeRecall">Range-based recall with alpha 0.5: half for existence, half for the share of rows.</param>
public sealed record SegmentScores(int Events, int Found, int Alarms, int FalseAlarms, double MeanDelay, double RangePrecision, double RangeRecall)
{
    private const double Existence = 0.5;

    public double EventPrecision => Alarms == 0 ? 0 : (double)(Alarms - FalseAlarms) / Alarms;

    public double EventRecall => Events == 0 ? 0 : (double)Found / Events;

    public double EventF1 => Harmonic(EventPrecision, EventRecall);

    public double RangeF1 => Harmonic(RangePrecision, RangeRecall);

    public static SegmentScores Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> flags)
    {
        Equal.Lengths(labels.Length, flags.Length);
        var (events, alarms) = (Segment.Of(labels), Segment.Of(flags));
        var (found, delay, recall) = (0, 0.0, 0.0);
        foreach (var segment in events)
        {
            var inside = flags.Slice(segment.First, segment.Length);
            var first = inside.IndexOf(true);
            if (first >= 0)
            {
                found++;
                delay += first;
                recall += Existence + ((1 - Existence) * inside.Count(true) / segment.Length);
            }
        }

        var (wrong, precision) = (0, 0.0);
        foreach (var alarm in alarms)
        {
            var share = (double)labels.Slice(alarm.First, alarm.Length).Count(true) / alarm.Length;
            wrong += share == 0 ? 1 : 0;
            precision += share;
        }

        return new SegmentScores(
            events.Count, found, alarms.Count, wrong, found == 0 ? double.NaN : delay / found, alarms.Count == 0 ? 0 : precision / alarms.Count, events.Count == 0 ? 0 : recall / events.Count);
    }

    internal static double Harmonic(double a, double b) => a + b > 0 ? 2 * a * b / (a + b) : 0;
}
