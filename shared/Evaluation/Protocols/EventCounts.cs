using Tidewatch.Evaluation.Metrics;

namespace Tidewatch.Evaluation.Protocols;

/// <summary>Alarms and anomalies of one series, or of several together.</summary>
/// <param name="Series">Its id.</param>
/// <param name="Alarms">Alerts opened.</param>
/// <param name="FalseAlarms">Those without an anomalous observation flagged in them.</param>
/// <param name="Anomalies">Anomalies with at least one observation.</param>
/// <param name="Found">Those with a flagged observation.</param>
/// <param name="Normal">Observations outside anomalies.</param>
/// <param name="FlaggedNormal">Those that were flagged.</param>
/// <param name="Missed">Kinds of the anomalies not found.</param>
public sealed record EventCounts(string Series, int Alarms, int FalseAlarms, int Anomalies, int Found, int Normal, int FlaggedNormal, IReadOnlyList<string> Missed)
{
    /// <summary>Share of the alarms that are true; 1 without alarms.</summary>
    public double Precision => Alarms == 0 ? 1 : (double)(Alarms - FalseAlarms) / Alarms;

    /// <summary>Share of the anomalies that were found; 1 without anomalies.</summary>
    public double Recall => Anomalies == 0 ? 1 : (double)Found / Anomalies;

    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 => SegmentScores.Harmonic(Precision, Recall);

    /// <summary>Share of the normal observations that were flagged.</summary>
    public double FalsePositiveRate => Normal == 0 ? 0 : (double)FlaggedNormal / Normal;

    public static EventCounts operator +(EventCounts a, EventCounts b) => new(
        "all", a.Alarms + b.Alarms, a.FalseAlarms + b.FalseAlarms, a.Anomalies + b.Anomalies, a.Found + b.Found, a.Normal + b.Normal, a.FlaggedNormal + b.FlaggedNormal, [.. a.Missed, .. b.Missed]);
}
